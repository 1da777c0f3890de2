import { createReadStream, fstatSync, type Stats, writeSync } from 'node:fs'
import type { FileRead } from '../config/file.ts'
import { readStream } from './read-stream.ts'

/** Where the runtimes' own descriptors end, by far. */
const LAST = 64

/**
 * The bytes that an open descriptor gives, at most `limit`. One that the runtime opened for itself counts as not open:
 * reading it may wait forever, and closing it aborts the process.
 */
export async function readDescriptor(descriptor: number, limit: number): Promise<FileRead> {
  if (isOfRuntime(descriptor)) return { ok: false, failure: 'other', message: 'EBADF' }
  return readStream(createReadStream('', { fd: descriptor, autoClose: false }), limit)
}

/** An event queue, which is no kind of file, or a pipe from the process to itself: both its ends are here. */
function isOfRuntime(descriptor: number): boolean {
  const stats = statDescriptor(descriptor)
  if (stats === undefined) return false
  const { dev, ino } = stats
  if (!stats.isFIFO())
    return !(stats.isFile() || stats.isSocket() || stats.isCharacterDevice() || stats.isDirectory())
  for (let other = 3; other < LAST; other++) {
    const end = statDescriptor(other)
    if (end?.dev === dev && end.ino === ino && isWritable(other)) return true
  }
  return false
}

function isWritable(descriptor: number): boolean {
  try {
    writeSync(descriptor, new Uint8Array(0))
    return true
  } catch {
    return false
  }
}

function statDescriptor(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor)
  } catch {
    return undefined
  }
}
