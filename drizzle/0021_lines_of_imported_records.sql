CREATE TABLE `import_record` (
	`run_id` text NOT NULL,
	`record_id` text NOT NULL,
	`line` integer NOT NULL,
	PRIMARY KEY(`run_id`, `record_id`),
	FOREIGN KEY (`run_id`) REFERENCES `import_run`(`id`) ON UPDATE no action ON DELETE cascade
);
