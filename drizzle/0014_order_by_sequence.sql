DROP INDEX `batch_user`;--> statement-breakpoint
CREATE INDEX `batch_user` ON `batch` (`user_id`);--> statement-breakpoint
DROP INDEX `job_run_job`;--> statement-breakpoint
CREATE INDEX `job_run_job` ON `job_run` (`job`,`seq`);--> statement-breakpoint
DROP INDEX `notification_user`;--> statement-breakpoint
DROP INDEX `notification_unread`;--> statement-breakpoint
CREATE INDEX `notification_user` ON `notification` (`user_id`,`seq`);--> statement-breakpoint
CREATE INDEX `notification_unread` ON `notification` (`user_id`,`seq`) WHERE read_at is null;