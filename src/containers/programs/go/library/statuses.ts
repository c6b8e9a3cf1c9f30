// Status codes of HTTP as net/http names them (net/http/status.go).
import { statusNames } from '../../../../engine/http-statuses.ts'

export const statusText = (code: number): string => statusNames[code] ?? ''

/** `StatusOK: 200`, … */
export const statuses: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(statusNames).map(([code, text]) => [
    `Status${text === 'OK' ? 'OK' : text === "I'm a teapot" ? 'Teapot' : text.replace(/[ -]/g, '')}`,
    Number(code),
  ]),
)
