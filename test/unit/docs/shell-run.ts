import { spawnSync } from 'node:child_process'

/** Whether `shell` can be started here; the tests of an absent one are skipped. */
export function present(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit']).status === 0
}

/** The lines that `script` prints in `shell`, which must say nothing on standard error. */
export function shellLines(shell: string, script: string, cwd: string): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], { cwd, encoding: 'utf8' })
  if (stderr !== '') throw new Error(stderr)
  return stdout.split('\n').filter((line) => line !== '')
}
