CREATE TABLE `suggestion_answer` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`lead_id` text NOT NULL,
	`kind` text NOT NULL,
	`answer` text NOT NULL,
	`task_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`task_id`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `suggestion_answer_lead` ON `suggestion_answer` (`lead_id`,`kind`,`answer`);--> statement-breakpoint
CREATE INDEX `suggestion_answer_user` ON `suggestion_answer` (`user_id`,`kind`,`answer`);--> statement-breakpoint
CREATE UNIQUE INDEX `suggestion_answer_task` ON `suggestion_answer` (`task_id`);