DROP INDEX `company_name_any`;--> statement-breakpoint
ALTER TABLE `company` ADD `name_folded` text;--> statement-breakpoint
CREATE INDEX `company_folded` ON `company` (`name_folded`) WHERE name_folded is not null;--> statement-breakpoint
DROP INDEX `contact_name_any`;--> statement-breakpoint
ALTER TABLE `contact` ADD `name_folded` text;--> statement-breakpoint
CREATE INDEX `contact_folded` ON `contact` (`name_folded`) WHERE name_folded is not null;--> statement-breakpoint
ALTER TABLE `customer` ADD `name_folded` text;--> statement-breakpoint
CREATE INDEX `customer_folded` ON `customer` (`name_folded`) WHERE name_folded is not null;--> statement-breakpoint
ALTER TABLE `lead` ADD `title_folded` text;--> statement-breakpoint
CREATE INDEX `lead_folded` ON `lead` (`title_folded`) WHERE title_folded is not null;--> statement-breakpoint
UPDATE company SET name_folded = fold(name);--> statement-breakpoint
UPDATE contact SET name_folded = fold(name);--> statement-breakpoint
UPDATE customer SET name_folded = fold(name);--> statement-breakpoint
UPDATE lead SET title_folded = fold(title);--> statement-breakpoint
DELETE FROM company_search WHERE rowid in (select seq from company where octet_length(concat_ws(' ', name, domain, industry, city, country, phone, tags, description, external_id, custom)) <> length(concat_ws(' ', name, domain, industry, city, country, phone, tags, description, external_id, custom)));--> statement-breakpoint
INSERT INTO company_search (rowid, text) SELECT seq, fold(concat_ws(' ', name, domain, industry, city, country, phone, tags, description, external_id, custom, phone_words(phone)))
  FROM company WHERE octet_length(concat_ws(' ', name, domain, industry, city, country, phone, tags, description, external_id, custom)) <> length(concat_ws(' ', name, domain, industry, city, country, phone, tags, description, external_id, custom));--> statement-breakpoint
DELETE FROM contact_search WHERE rowid in (select seq from contact where octet_length(concat_ws(' ', name, email, phone, mobile, job_title, tags, description, external_id, custom)) <> length(concat_ws(' ', name, email, phone, mobile, job_title, tags, description, external_id, custom)));--> statement-breakpoint
INSERT INTO contact_search (rowid, text) SELECT seq, fold(concat_ws(' ', name, email, phone, mobile, job_title, tags, description, external_id, custom, phone_words(phone), phone_words(mobile)))
  FROM contact WHERE octet_length(concat_ws(' ', name, email, phone, mobile, job_title, tags, description, external_id, custom)) <> length(concat_ws(' ', name, email, phone, mobile, job_title, tags, description, external_id, custom));--> statement-breakpoint
DELETE FROM lead_search WHERE rowid in (select seq from lead where octet_length(concat_ws(' ', title, source, tags, description, external_id, custom)) <> length(concat_ws(' ', title, source, tags, description, external_id, custom)));--> statement-breakpoint
INSERT INTO lead_search (rowid, text) SELECT seq, fold(concat_ws(' ', title, source, tags, description, external_id, custom))
  FROM lead WHERE octet_length(concat_ws(' ', title, source, tags, description, external_id, custom)) <> length(concat_ws(' ', title, source, tags, description, external_id, custom));--> statement-breakpoint
DELETE FROM customer_search WHERE rowid in (select seq from customer where octet_length(concat_ws(' ', name, tags, description, external_id, custom)) <> length(concat_ws(' ', name, tags, description, external_id, custom)));--> statement-breakpoint
INSERT INTO customer_search (rowid, text) SELECT seq, fold(concat_ws(' ', name, tags, description, external_id, custom))
  FROM customer WHERE octet_length(concat_ws(' ', name, tags, description, external_id, custom)) <> length(concat_ws(' ', name, tags, description, external_id, custom));--> statement-breakpoint
DELETE FROM quote_search WHERE rowid in (select seq from quote where octet_length(concat_ws(' ', number, title, notes, lines)) <> length(concat_ws(' ', number, title, notes, lines)));--> statement-breakpoint
INSERT INTO quote_search (rowid, text) SELECT seq, fold(concat_ws(' ', number, title, notes, lines))
  FROM quote WHERE octet_length(concat_ws(' ', number, title, notes, lines)) <> length(concat_ws(' ', number, title, notes, lines));--> statement-breakpoint
DELETE FROM task_search WHERE rowid in (select seq from task where octet_length(concat_ws(' ', title, description)) <> length(concat_ws(' ', title, description)));--> statement-breakpoint
INSERT INTO task_search (rowid, text) SELECT seq, fold(concat_ws(' ', title, description))
  FROM task WHERE octet_length(concat_ws(' ', title, description)) <> length(concat_ws(' ', title, description));--> statement-breakpoint
DELETE FROM activity_search WHERE rowid in (select seq from activity where category <> 'system' and octet_length(concat_ws(' ', subject, description)) <> length(concat_ws(' ', subject, description)));--> statement-breakpoint
INSERT INTO activity_search (rowid, text) SELECT seq, fold(concat_ws(' ', subject, description))
  FROM activity WHERE category <> 'system' and octet_length(concat_ws(' ', subject, description)) <> length(concat_ws(' ', subject, description));
