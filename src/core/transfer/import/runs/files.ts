/** Files taken in for import: kept under a name of our own, described once, read as often as it takes. */
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { ORPCError } from '@orpc/server'
import { dequal } from 'dequal'
import type { Actor } from '../../../kernel/actor'
import { seesAll } from '../../../kernel/authorisation'
import type { Database } from '../../../kernel/database/database'
import { newId } from '../../../kernel/database/ids'
import { conflict, notFound, unsupportedFile } from '../../../kernel/errors'
import { type DetectOptions, detectFile } from '../csv/detect-file'
import { type FileForm, FileRefused } from '../csv/file-form'
import type { Survey } from '../survey/survey-columns'

export interface KeptFile {
  id: string
  /** As the user's file is called, without folders. */
  name: string
  bytes: number
  /** How it was asked to be read; what is not given was found out. */
  reading: ReadingOptions
  form: FileForm
  /** What was learnt of its columns so far, by the way they are read. */
  survey: Survey
}
export type ReadingOptions = Pick<
  DetectOptions,
  'encoding' | 'delimiter' | 'hasHeader' | 'headerLine'
>

export type ImportFiles = ReturnType<typeof createImportFiles>

export const mostBytes = 256 * 1024 * 1024
const dayInMilliseconds = 86_400_000
const daysKept = 30

export function createImportFiles(database: Database, directory: string) {
  const folder = join(directory, 'imports')
  const pathOf = (id: string) => join(folder, `${id}.csv`)

  /** @param actor asked where somebody names a file by its id: it is whoever's who took it in */
  function find(id: string, actor?: Actor): KeptFile | undefined {
    const row = database.get<{
      id: string
      name: string
      bytes: number
      form: string
      user_id: string | null
    }>('select id, name, bytes, form, user_id from import_file where id = ?', id)
    if (actor && !seesAll(actor) && row?.user_id !== actor.userId) return undefined
    return row && { ...row, ...JSON.parse(row.form) }
  }

  /** @throws not_found; conflict where the file itself is gone */
  async function require(id: string, actor?: Actor): Promise<KeptFile> {
    const file = find(id, actor)
    if (!file) throw notFound('file')
    try {
      await stat(pathOf(id))
    } catch {
      throw conflict(`${file.name} is not kept any more. Choose the file again.`)
    }
    return file
  }

  /** @throws invalid (file) where it is no CSV; too_large */
  async function takeIn(actor: Actor, file: File, options: ReadingOptions): Promise<KeptFile> {
    await mkdir(folder, { recursive: true })
    const now = database.clock.now()
    const id = newId(now)
    const partial = `${pathOf(id)}.partial`
    try {
      await pipeline(
        Readable.fromWeb(file.stream() as ReadableStream<Uint8Array>),
        limited(mostBytes),
        createWriteStream(partial),
      )
      const form = await detect(partial, options)
      await rename(partial, pathOf(id))
      const name = displayName(file.name)
      database
        .prepare(
          'insert into import_file (id, name, bytes, form, user_id, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(
          id,
          name,
          form.bytes,
          JSON.stringify({ reading: options, form, survey: {} }),
          actor.userId,
          now,
          now,
        )
      return { id, name, bytes: form.bytes, reading: options, form, survey: {} }
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }

  /** The file read this way; looked at again where it was read another way before. */
  async function readAs(id: string, options: ReadingOptions, actor?: Actor): Promise<KeptFile> {
    const file = await require(id, actor)
    if (dequal(file.reading, options)) return file
    const form = await detect(pathOf(id), options)
    const again = { ...file, reading: options, form, survey: {} }
    keep(again)
    return again
  }

  function keep({ id, reading, form, survey }: KeptFile) {
    database
      .prepare('update import_file set form = ?, updated_at = ? where id = ?')
      .run(JSON.stringify({ reading, form, survey }), database.clock.now(), id)
  }

  /** Files nobody has come back to; what is left of uploads that broke off. */
  async function removeOld(): Promise<void> {
    const before = database.clock.now() - daysKept * dayInMilliseconds
    for (const name of await readdir(folder).catch(() => [])) {
      const id = basename(name, '.csv')
      const row = database.get<{ created_at: number }>(
        'select created_at from import_file where id = ?',
        id,
      )
      if (!row || row.created_at < before) await rm(join(folder, name), { force: true })
    }
  }

  return { find, require, pathOf, takeIn, readAs, keep, removeOld }
}

async function detect(path: string, options: ReadingOptions): Promise<FileForm> {
  try {
    return await detectFile(path, options)
  } catch (error) {
    if (error instanceof FileRefused) throw unsupportedFile(error.message)
    throw error
  }
}

const limited = (most: number) =>
  async function* (source: AsyncIterable<Uint8Array>) {
    let bytes = 0
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > most)
        throw new ORPCError('too_large', {
          status: 413,
          message: `The file is too large: at most ${most / 1024 / 1024} MB can be imported at once. Split it.`,
        })
      yield chunk
    }
  }

/** Only to be shown: it never becomes a path. */
function displayName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/\p{C}/gu, '').trim().slice(0, 255)
  return plain || 'file.csv'
}
