ALTER TABLE `activity_template` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `import_file` ADD `user_id` text;