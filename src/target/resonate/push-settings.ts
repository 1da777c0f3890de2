import type { Configuration, SettingValue } from '../../config/configuration.ts'
import type { PushAuth, PushSettings } from './push.ts'

const TABLE = 'transports.http_push'

/** `transports.http_push` as the server holds it after a start with `configuration`. */
export function pushSettings({ settings, tables }: Configuration): PushSettings {
  const value = (name: string): SettingValue => settings.get(`${TABLE}.${name}`)?.value
  const enabled = value('enabled') !== false
  if (!tables.has(`${TABLE}.auth`)) return { enabled, auth: undefined }
  const token = text(value('auth.token'))
  const audience = text(value('auth.audience'))
  return {
    enabled,
    auth: {
      mode: modeOf(value('auth.mode')),
      header: text(value('auth.header')) ?? 'Authorization',
      ...(token !== undefined && { token }),
      ...(audience !== undefined && { audience }),
    },
  }
}

function modeOf(value: SettingValue): PushAuth['mode'] {
  return value === 'bearer' || value === 'gcp' ? value : 'none'
}

function text(value: SettingValue): string | undefined {
  return typeof value === 'string' ? value : undefined
}
