DROP INDEX `reminder_series`;--> statement-breakpoint
ALTER TABLE `reminder` ADD `occurrence` text;--> statement-breakpoint
CREATE UNIQUE INDEX `reminder_series` ON `reminder` (`series_id`,`occurrence`) WHERE series_id is not null;--> statement-breakpoint
DROP INDEX `task_series`;--> statement-breakpoint
ALTER TABLE `task` ADD `occurrence` text;--> statement-breakpoint
CREATE UNIQUE INDEX `task_series` ON `task` (`series_id`,`occurrence`) WHERE series_id is not null;--> statement-breakpoint
ALTER TABLE `activity` ADD `planned_at` integer GENERATED ALWAYS AS (coalesce(scheduled_at, due_at)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `activity_planned` ON `activity` (`planned_at`,`seq`) WHERE planned_at is not null and deleted_at is null;--> statement-breakpoint
CREATE VIRTUAL TABLE `task_search` USING fts5(`text`, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3', detail=full);--> statement-breakpoint
INSERT INTO `task_search` (`rowid`, `text`) SELECT `seq`, concat_ws(' ', `title`, `description`) FROM `task`;
