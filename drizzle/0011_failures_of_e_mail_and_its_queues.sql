DROP INDEX `email_message_due`;--> statement-breakpoint
DROP INDEX `email_message_state`;--> statement-breakpoint
DROP INDEX `email_message_user`;--> statement-breakpoint
ALTER TABLE `email_message` ADD `failure` text;--> statement-breakpoint
CREATE INDEX `email_message_due` ON `email_message` (`account_id`,`at_once`,`next_attempt_at`,`seq`) WHERE state = 'approved';--> statement-breakpoint
CREATE INDEX `email_message_state` ON `email_message` (`state`,`seq`);--> statement-breakpoint
CREATE INDEX `email_message_user` ON `email_message` (`user_id`,`state`,`seq`);