ALTER TABLE `company` ADD `phone_number` text;--> statement-breakpoint
CREATE INDEX `company_phone` ON `company` (`phone_number`) WHERE phone_number is not null;--> statement-breakpoint
ALTER TABLE `contact` ADD `phone_number` text;--> statement-breakpoint
ALTER TABLE `contact` ADD `mobile_number` text;--> statement-breakpoint
CREATE INDEX `contact_phone` ON `contact` (`phone_number`) WHERE phone_number is not null;--> statement-breakpoint
CREATE INDEX `contact_mobile` ON `contact` (`mobile_number`) WHERE mobile_number is not null;--> statement-breakpoint
UPDATE company SET phone_number = read_phone(phone, (select country from working_hours where id = 'workspace'))
  WHERE phone is not null;--> statement-breakpoint
UPDATE contact SET phone_number = read_phone(phone, (select country from working_hours where id = 'workspace')),
    mobile_number = read_phone(mobile, (select country from working_hours where id = 'workspace'))
  WHERE phone is not null or mobile is not null;--> statement-breakpoint
INSERT INTO setting (id, value, created_at, updated_at)
  SELECT 'phoneCountry', json_quote(country), created_at, created_at FROM working_hours
  WHERE id = 'workspace' and country is not null;--> statement-breakpoint
DELETE FROM company_search WHERE rowid in (select seq from company where phone is not null);--> statement-breakpoint
INSERT INTO company_search (rowid, text)
  SELECT seq, concat_ws(' ', name, domain, industry, city, country, phone, tags, description, external_id, custom, phone_words(phone))
  FROM company WHERE phone is not null;--> statement-breakpoint
DELETE FROM contact_search WHERE rowid in (select seq from contact where phone is not null or mobile is not null);--> statement-breakpoint
INSERT INTO contact_search (rowid, text)
  SELECT seq, concat_ws(' ', name, email, phone, mobile, job_title, tags, description, external_id, custom, phone_words(phone), phone_words(mobile))
  FROM contact WHERE phone is not null or mobile is not null;
