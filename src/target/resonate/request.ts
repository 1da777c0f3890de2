import type { Configuration, SettingValue } from '../../config/configuration.ts'
import type { RequestJudge, RequestServer, ServerSettings } from '../request.ts'
import type { KeyLoad } from '../target.ts'
import { answer, type RequestRules } from './answer.ts'

/** How a version of the server answers whole requests, by its rules. */
export function requestJudge(rules: RequestRules): RequestJudge {
  const serve = (server: ServerSettings): RequestServer => {
    return (request, at) => answer(rules, server, request, at)
  }
  return {
    serve,
    serveConfigured: (configuration, loadKey) => {
      const server = configuredServer(configuration, loadKey)
      return server === undefined ? undefined : serve(server)
    },
  }
}

function configuredServer(
  configuration: Configuration,
  loadKey: (path: string) => KeyLoad | undefined,
): ServerSettings | undefined {
  if (configuration.start.starts === false) return undefined
  const value = (name: string): SettingValue => configuration.settings.get(name)?.value
  if (DECIDING.some((name) => isUnknown(value(name)))) return undefined
  const origins = value('server.cors.allow_origins')
  const server = {
    debug: value('debug') === true,
    origins: isTexts(origins) ? origins : [],
  }
  const path = publicKey(configuration)
  if (path === undefined) return { ...server, auth: undefined }
  const load = path === 'none' ? path : loadKey(path)
  if (load === undefined || (load !== 'none' && !load.starts)) return undefined
  return {
    ...server,
    auth: {
      key: load === 'none' ? load : load.key,
      iss: text(value('auth.iss')),
      aud: text(value('auth.aud')),
    },
  }
}

/** The settings that decide what a request is answered. */
const DECIDING = ['debug', 'server.cors.allow_origins', 'auth.publickey', 'auth.iss', 'auth.aud']

function isUnknown(value: SettingValue): boolean {
  return typeof value === 'object' && 'unknown' in value
}

function publicKey({ settings }: Configuration): string | undefined {
  return text(settings.get('auth.publickey')?.value)
}

function text(value: SettingValue): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isTexts(value: SettingValue): value is readonly string[] {
  return Array.isArray(value)
}
