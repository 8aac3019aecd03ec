-- Full-text indexes. They keep no copy of the text: triggers feed them, rowid is the record's seq.
CREATE VIRTUAL TABLE `company_search` USING fts5(`text`, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3', detail=full);
--> statement-breakpoint
CREATE VIRTUAL TABLE `contact_search` USING fts5(`text`, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3', detail=full);
--> statement-breakpoint
CREATE VIRTUAL TABLE `lead_search` USING fts5(`text`, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3', detail=full);
--> statement-breakpoint
CREATE VIRTUAL TABLE `customer_search` USING fts5(`text`, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3', detail=full);
--> statement-breakpoint
CREATE VIRTUAL TABLE `quote_search` USING fts5(`text`, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3', detail=full);
--> statement-breakpoint
CREATE VIRTUAL TABLE `activity_search` USING fts5(`text`, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3', detail=full);
