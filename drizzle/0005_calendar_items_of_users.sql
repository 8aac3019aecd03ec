DROP INDEX `calendar_item_uid`;--> statement-breakpoint
DROP INDEX `calendar_item_state`;--> statement-breakpoint
ALTER TABLE `calendar_item` ADD `user_id` text REFERENCES user(id) ON DELETE cascade;--> statement-breakpoint
ALTER TABLE `calendar_item` ADD `modified_at` integer;--> statement-breakpoint
ALTER TABLE `calendar_item` ADD `task_id` text REFERENCES task(id) ON DELETE cascade;--> statement-breakpoint
CREATE INDEX `calendar_item_task` ON `calendar_item` (`task_id`) WHERE task_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_item_uid` ON `calendar_item` (`user_id`,`uid`,`recurrence_id`);--> statement-breakpoint
CREATE INDEX `calendar_item_state` ON `calendar_item` (`user_id`,`state`,`created_at`);