import type { Argument, Variable } from '../config/configuration.ts'
import type { FileRead } from '../config/file.ts'
import type { Mount } from './mount.ts'
import type { Place } from './passage.ts'

/** What a deployment file says about how one server is started: the common form of every kind of file. */
export interface Deployment {
  /** The service, container, unit or stage that was read. */
  readonly name: string
  /** In the order they are set; a name stands once. */
  readonly variables: readonly Variable[]
  /** What follows the server's program; one that is not known stands for all that may be there. */
  readonly arguments: readonly Argument[]
  /** The server's working directory, absolute; undefined = not to be known. */
  readonly cwd: string | undefined
  readonly mounts: readonly Mount[]
  /**
   * What the server would find at a path, relative to `cwd` or absolute; undefined = not to be known. Files of the host
   * are asked for when a path leads to one.
   */
  readonly files: (path: string) => FileRead | undefined
  readonly notes: readonly Note[]
}

/** A thing that limits what is known, or that surprises; `text` is a sentence without a full stop. */
export interface Note {
  readonly about: 'variables' | 'arguments' | 'cwd' | 'files'
  readonly text: string
  readonly place: Place
}
