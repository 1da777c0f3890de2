import type { Configuration, SettingValue } from '../../config/configuration.ts'
import type { Concept, Concepts } from '../concepts.ts'
import type { RequestJudge, RequestServer, ServerSettings } from '../request.ts'
import type { KeyLoad } from '../target.ts'
import { answer, type RequestRules } from './answer.ts'

/** How a version of the server answers whole requests, by its rules and the paths of its settings. */
export function requestJudge(rules: RequestRules, concepts: Concepts): RequestJudge {
  const serve = (server: ServerSettings): RequestServer => {
    return (request, at) => answer(rules, server, request, at)
  }
  return {
    serve,
    serveConfigured: (configuration, loadKey) => {
      const server = configuredServer(concepts, configuration, loadKey)
      return server === undefined ? undefined : serve(server)
    },
  }
}

function configuredServer(
  concepts: Concepts,
  { settings, tables, start }: Configuration,
  loadKey: (path: string) => KeyLoad | undefined,
): ServerSettings | undefined {
  if (start.starts === false) return undefined
  // WorkOS knows the callers then, and what it says is not known.
  if (concepts.workos !== undefined && tables.has(concepts.workos)) return undefined
  const value = (concept: Concept): SettingValue => {
    const key = concepts[concept]
    return key === undefined ? undefined : settings.get(key)?.value
  }
  if (DECIDING.some((concept) => isUnknown(value(concept)))) return undefined
  const origins = value('origins')
  const server = {
    debug: value('debug') === true,
    origins: isTexts(origins) ? origins : [],
  }
  const path = text(value('publickey'))
  if (path === undefined) return { ...server, auth: undefined }
  const load = path === 'none' ? path : loadKey(path)
  if (load === undefined || (load !== 'none' && !load.starts)) return undefined
  return {
    ...server,
    auth: {
      key: load === 'none' ? load : load.key,
      iss: text(value('iss')),
      aud: text(value('aud')),
    },
  }
}

/** The settings that decide what a request is answered. */
const DECIDING = ['debug', 'origins', 'publickey', 'iss', 'aud'] as const

function isUnknown(value: SettingValue): boolean {
  return typeof value === 'object' && 'unknown' in value
}

function text(value: SettingValue): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isTexts(value: SettingValue): value is readonly string[] {
  return Array.isArray(value)
}
