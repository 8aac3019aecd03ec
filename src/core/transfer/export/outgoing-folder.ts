/** The folder of files on their way to whoever asked for them. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

export const outgoingFolderIn = (directory: string): string => join(directory, 'exports')

export async function makeOutgoingFolder(directory: string): Promise<string> {
  const folder = outgoingFolderIn(directory)
  await mkdir(folder, { recursive: true })
  return folder
}
