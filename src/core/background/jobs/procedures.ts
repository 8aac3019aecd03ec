/** Binds the contract of jobs. */
import { bind } from '../../kernel/procedures'
import type { Jobs } from './jobs'

export const jobProcedures = (jobs: () => Jobs) => ({
  list: bind.jobs.list.handler(({ context }) => jobs().list(context.actor)),
  run: bind.jobs.run.handler(({ input, context }) => jobs().run(context.actor, input.name)),
  pause: bind.jobs.pause.handler(({ input, context }) =>
    jobs().pause(context.actor, input.name, input.paused),
  ),
  safeStart: bind.jobs.safeStart.handler(({ context }) => jobs().safeStart.get(context.actor)),
  resume: bind.jobs.resume.handler(({ input, context }) =>
    jobs().safeStart.resume(context.actor, input.skip),
  ),
  skip: bind.jobs.skip.handler(({ input: { skipped, ...record }, context }) =>
    jobs().safeStart.skip(context.actor, record, skipped),
  ),
  runs: bind.jobs.runs.handler(({ input }) => jobs().runs(input.name, input.limit)),
})
