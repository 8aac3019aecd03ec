ALTER TABLE `calendar_item` ADD `reminder_id` text REFERENCES reminder(id) ON DELETE cascade;--> statement-breakpoint
ALTER TABLE `calendar_item` ADD `origin_created_at` integer;--> statement-breakpoint
CREATE INDEX `calendar_item_reminder` ON `calendar_item` (`reminder_id`) WHERE reminder_id is not null;