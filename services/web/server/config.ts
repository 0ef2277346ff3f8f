import { readFileSync } from 'node:fs'
import { z } from 'zod'

const address = z.string().regex(/^\[?[\w.:-]+\]?:\d+$/, 'must be host:port')

// A secret comes as the name of a file that holds it, so that it shows in no process list and no environment dump.
const secretFile = z.string().transform((file, context) => {
  try {
    const value = readFileSync(file, 'utf8').trim()
    if (value.length >= 16) return value
    context.addIssue({ code: 'custom', message: `${file} holds fewer than 16 characters` })
  } catch {
    context.addIssue({ code: 'custom', message: `${file} cannot be read` })
  }
  return z.NEVER
})

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  PATHWAYS_WEB_LISTEN: address.default('127.0.0.1:3000'),
  PATHWAYS_WEB_URL: z.url(),
  PATHWAYS_WEB_DATABASE_URL: z.string().min(1),
  PATHWAYS_WEB_SESSION_SECRET_FILE: secretFile,
  PATHWAYS_REGISTRY_ADDRESS: address,
  PATHWAYS_ATTENDANCE_ADDRESS: address,
  PATHWAYS_REFERRALS_ADDRESS: address,
  PATHWAYS_EXCLUSIONS_ADDRESS: address,
  PATHWAYS_PANEL_ADDRESS: address,
  PATHWAYS_OIDC_ISSUER: z.url(),
  PATHWAYS_OIDC_CLIENT_ID: z.string().min(1),
  PATHWAYS_OIDC_CLIENT_SECRET_FILE: secretFile,
  PATHWAYS_COUNCIL_NAME: z.string().min(1).default('Demonstration Borough Council'),
  PATHWAYS_COUNCIL_COLOUR: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #12436d')
    .default('#12436d'),
  PATHWAYS_FRONT_DOOR_PHONE: z.string().default('the number on your safeguarding poster'),
  PATHWAYS_SUPPORT_EMAIL: z.string().default('your Pathways administrator'),
  PATHWAYS_MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(2048).default(200),
  PATHWAYS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface Config {
  listen: { host: string; port: number }
  url: URL
  databaseUrl: string
  sessionSecret: string
  backends: { registry: string; attendance: string; referrals: string; exclusions: string; panel: string }
  oidc: { issuer: URL; clientId: string; clientSecret: string }
  council: { name: string; colour: string; frontDoorPhone: string; supportEmail: string }
  maxUploadBytes: number
  logLevel: string
}

// Reads the whole configuration at once, so that a start with three mistakes names all three.
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The configuration is not complete:\n${wrong.join('\n')}`)
  }
  const values = parsed.data
  return {
    listen: listenOn(values.PATHWAYS_WEB_LISTEN, values.PORT),
    url: new URL(values.PATHWAYS_WEB_URL),
    databaseUrl: values.PATHWAYS_WEB_DATABASE_URL,
    sessionSecret: values.PATHWAYS_WEB_SESSION_SECRET_FILE,
    backends: {
      registry: values.PATHWAYS_REGISTRY_ADDRESS,
      attendance: values.PATHWAYS_ATTENDANCE_ADDRESS,
      referrals: values.PATHWAYS_REFERRALS_ADDRESS,
      exclusions: values.PATHWAYS_EXCLUSIONS_ADDRESS,
      panel: values.PATHWAYS_PANEL_ADDRESS,
    },
    oidc: {
      issuer: new URL(values.PATHWAYS_OIDC_ISSUER),
      clientId: values.PATHWAYS_OIDC_CLIENT_ID,
      clientSecret: values.PATHWAYS_OIDC_CLIENT_SECRET_FILE,
    },
    council: {
      name: values.PATHWAYS_COUNCIL_NAME,
      colour: values.PATHWAYS_COUNCIL_COLOUR,
      frontDoorPhone: values.PATHWAYS_FRONT_DOOR_PHONE,
      supportEmail: values.PATHWAYS_SUPPORT_EMAIL,
    },
    maxUploadBytes: values.PATHWAYS_MAX_UPLOAD_MB * 1024 * 1024,
    logLevel: values.PATHWAYS_LOG_LEVEL,
  }
}

function listenOn(listen: string, port: number | undefined) {
  const colon = listen.lastIndexOf(':')
  return { host: listen.slice(0, colon), port: port ?? Number(listen.slice(colon + 1)) }
}
