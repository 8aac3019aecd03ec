/** Binds the contract of jobs. */
import { bind } from '../kernel/procedures'
import type { Jobs } from './jobs'

export const jobProcedures = (jobs: () => Jobs) => ({
  list: bind.jobs.list.handler(() => jobs().list()),
  run: bind.jobs.run.handler(({ input }) => jobs().run(input.name)),
  pause: bind.jobs.pause.handler(({ input }) => jobs().pause(input.name, input.paused)),
  runs: bind.jobs.runs.handler(({ input }) => jobs().runs(input.name, input.limit)),
})
