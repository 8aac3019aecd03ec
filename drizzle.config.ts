// How `npm run generate` makes a migration: it compares the tables with the last snapshot.
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/core/assembly/tables.ts',
  out: './drizzle',
})
