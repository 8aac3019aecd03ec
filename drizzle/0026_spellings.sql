CREATE TABLE `spelling` (
	`list` text NOT NULL,
	`key` text NOT NULL,
	`text` text NOT NULL,
	`uses` integer NOT NULL,
	PRIMARY KEY(`list`, `key`, `text`)
) STRICT;
