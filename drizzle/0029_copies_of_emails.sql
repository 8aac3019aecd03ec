ALTER TABLE `email_message` ADD `cc` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `email_message` ADD `bcc` text DEFAULT '[]' NOT NULL;