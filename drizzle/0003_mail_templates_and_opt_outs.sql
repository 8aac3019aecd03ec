CREATE TABLE `email_message` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`state` text NOT NULL,
	`account_id` text,
	`user_id` text,
	`lead_id` text,
	`contact_id` text,
	`to_name` text,
	`to_address` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`html` text,
	`message_id` text NOT NULL,
	`plan_id` text,
	`plan_step_id` text,
	`variant` text,
	`blanks` text DEFAULT '[]' NOT NULL,
	`problems` text DEFAULT '[]' NOT NULL,
	`content_hash` text NOT NULL,
	`allow_identical` integer DEFAULT 0 NOT NULL,
	`needs_open_lead` integer DEFAULT 0 NOT NULL,
	`at_once` integer DEFAULT 0 NOT NULL,
	`send_after` integer,
	`next_attempt_at` integer NOT NULL,
	`approved_at` integer,
	`approved_by` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`taken_at` integer,
	`taken_by` text,
	`sent_at` integer,
	`error` text,
	`activity_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `mail_account`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`approved_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`activity_id`) REFERENCES `activity`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `email_message_id_unique` ON `email_message` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `email_message_message_id_unique` ON `email_message` (`message_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `email_message_plan_step_id_unique` ON `email_message` (`plan_step_id`);--> statement-breakpoint
CREATE INDEX `email_message_due` ON `email_message` (`next_attempt_at`,`seq`) WHERE state = 'approved';--> statement-breakpoint
CREATE INDEX `email_message_sending` ON `email_message` (`taken_at`) WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX `email_message_state` ON `email_message` (`state`,`created_at`,`seq`);--> statement-breakpoint
CREATE INDEX `email_message_user` ON `email_message` (`user_id`,`state`,`created_at`,`seq`);--> statement-breakpoint
CREATE INDEX `email_message_taken` ON `email_message` (`account_id`,`taken_at`) WHERE taken_at is not null;--> statement-breakpoint
CREATE INDEX `email_message_content` ON `email_message` (`content_hash`,`to_address`);--> statement-breakpoint
CREATE INDEX `email_message_lead` ON `email_message` (`lead_id`) WHERE lead_id is not null;--> statement-breakpoint
CREATE INDEX `email_message_contact` ON `email_message` (`contact_id`) WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX `email_message_plan` ON `email_message` (`plan_id`) WHERE plan_id is not null;--> statement-breakpoint
CREATE INDEX `email_message_activity` ON `email_message` (`activity_id`) WHERE activity_id is not null;--> statement-breakpoint
CREATE INDEX `email_message_approver` ON `email_message` (`approved_by`) WHERE approved_by is not null;--> statement-breakpoint
CREATE TABLE `mail_account` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`user_id` text,
	`from_name` text,
	`from_address` text NOT NULL,
	`reply_to` text,
	`host` text NOT NULL,
	`port` integer NOT NULL,
	`security` text NOT NULL,
	`username` text,
	`per_hour` integer NOT NULL,
	`per_day` integer NOT NULL,
	`spacing_seconds` integer NOT NULL,
	`quiet_hours` text NOT NULL,
	`is_default` integer DEFAULT 0 NOT NULL,
	`active` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mail_account_id_unique` ON `mail_account` (`id`);--> statement-breakpoint
CREATE INDEX `mail_account_user` ON `mail_account` (`user_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `mail_account_default` ON `mail_account` (`is_default`) WHERE is_default = 1;--> statement-breakpoint
CREATE TABLE `opt_out` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`address` text NOT NULL,
	`reason` text,
	`source` text NOT NULL,
	`user_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `opt_out_id_unique` ON `opt_out` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `opt_out_address_unique` ON `opt_out` (`address`);--> statement-breakpoint
CREATE INDEX `opt_out_created` ON `opt_out` (`created_at`,`seq`);--> statement-breakpoint
CREATE TABLE `template` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`key` text,
	`subject` text,
	`body` text DEFAULT '' NOT NULL,
	`html` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `template_id_unique` ON `template` (`id`);--> statement-breakpoint
CREATE INDEX `template_name` ON `template` (`kind`,name collate nocase);--> statement-breakpoint
CREATE UNIQUE INDEX `template_key` ON `template` (`key`) WHERE key is not null;