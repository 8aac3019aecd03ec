/** Hands a file to the browser's downloads. */
export function saveFile(file: Blob, fallbackName: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = file instanceof File && file.name ? file.name : fallbackName
  link.click()
  // The download has taken the data by then; keeping the address would keep the memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
