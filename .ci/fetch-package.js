/** Packages of npm that this project runs or builds with but does not install: those of other platforms and runtimes. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const CACHE = 'node_modules/.cache/resonate-auth/packages'

/**
 * The folder of `name@version` with its files, got from npm the first time. `integrity` is what the lock file says of
 * it, where it knows the package. Throws where npm cannot give the package or gives another one.
 */
export function fetchPackage(name, version, integrity) {
  const folder = join(CACHE, `${name.replaceAll('/', '+')}@${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(CACHE, { recursive: true })
  const place = mkdtempSync(join(CACHE, 'new-'))
  try {
    const tarball = join(place, pack(`${name}@${version}`, place))
    const sum = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
    if (integrity !== undefined && sum !== integrity)
      throw new Error(`${name}@${version} is not the package of the lock file`)
    execFileSync('tar', ['xzf', tarball, '-C', place])
    renameSync(join(place, 'package'), folder)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  return folder
}

/** The name of the tarball of `spec` that npm puts into `place`. */
function pack(spec, place) {
  try {
    return execFileSync('npm', ['pack', spec, '--silent', '--pack-destination', place], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  } catch (error) {
    throw new Error(`npm does not give ${spec}`, { cause: error })
  }
}
