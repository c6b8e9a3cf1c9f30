// Rules for names and their words: apimachinery/pkg/util/validation/validation.go and pkg/api/validate/content.
// Each check returns what is wrong, one text per fault; nothing: the value is right.
type Check = (value: string) => string[]

/** Length of a text in bytes, as Go counts it. */
export function byteLength(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) length += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return length
}

const maxLengthError = (length: number): string => `must be no more than ${length} characters`
const maxBytesError = (length: number): string => `must be no more than ${length} bytes`
export const rangeError = (low: number, high: number): string =>
  `must be between ${low} and ${high}, inclusive`
const emptyError = 'must be non-empty'

export const regexError = (message: string, regex: string, ...examples: string[]): string =>
  examples.length
    ? `${message} (e.g. ${examples.map(example => `'${example}', `).join(' or ')}regex used for validation is '${regex}')`
    : `${message} (regex used for validation is '${regex}')`

/** A check against a regular expression after a limit of length. */
function rule(message: string, regex: string, examples: string[], limit = 0): Check {
  const compiled = new RegExp(`^${regex}$`)
  const error = regexError(message, regex, ...examples)
  return value => {
    const errors = limit && byteLength(value) > limit ? [maxLengthError(limit)] : []
    if (!compiled.test(value)) errors.push(error)
    return errors
  }
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`
const alphanumeric = 'must consist of lower case alphanumeric characters'
const ends = 'must start and end with an alphanumeric character'

export const isDNS1123Subdomain = rule(
  `a lowercase RFC 1123 subdomain ${alphanumeric}, '-' or '.', and ${ends}`,
  subdomain,
  ['example.com'],
  253,
)
const underscoreLabel = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
export const isDNS1123SubdomainWithUnderscore = rule(
  `a lowercase RFC 1123 subdomain ${alphanumeric}, '_', '-' or '.', and ${ends}`,
  `${underscoreLabel}(\\.${underscoreLabel})*`,
  ['example.com'],
  253,
)
const labelRule = rule(
  `a lowercase RFC 1123 label ${alphanumeric} or '-', and ${ends}`,
  label,
  ['my-name', '123-abc'],
  63,
)
const subdomainRegex = new RegExp(`^${subdomain}$`)
export const isDNS1123Label: Check = value => {
  const errors = labelRule(value)
  // A valid subdomain that is no label has dots.
  return errors.some(error => error.includes('regex')) && subdomainRegex.test(value)
    ? [...errors.slice(0, -1), 'must not contain dots']
    : errors
}
export const isDNS1035Label = rule(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  '[a-z]([-a-z0-9]*[a-z0-9])?',
  ['my-name', 'abc-123'],
  63,
)
export const isWildcardDNS1123Subdomain = rule(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  `\\*\\.${subdomain}`,
  ['*.example.com'],
  253,
)

const keyFormat = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const keyRegex = new RegExp(`^${keyFormat}$`)
const keyError = regexError(
  `must consist of alphanumeric characters, '-', '_' or '.', and ${ends}`,
  keyFormat,
  'MyName',
  'my.name',
  '123-abc',
)
/** A label key, a finalizer, a taint's key …: `name` or `example.com/name`. */
export const isQualifiedName: Check = value => {
  const parts = value.split('/')
  if (parts.length > 2)
    return [
      `a valid label key ${keyError} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  const name = parts.at(-1)!
  const errors: string[] = []
  if (parts.length === 2)
    errors.push(
      ...(parts[0] ? isDNS1123Subdomain(parts[0]) : [emptyError]).map(error => `prefix part ${error}`),
    )
  if (!name) errors.push(`name part ${emptyError}`)
  else if (byteLength(name) > 63) errors.push(`name part ${maxBytesError(63)}`)
  if (!keyRegex.test(name)) errors.push(`name part ${keyError}`)
  return errors
}

const labelValueRule = rule(
  `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${ends}`,
  `(${keyFormat})?`,
  ['MyValue', 'my_value', '12345'],
)
export const isLabelValue: Check = value => [
  ...(byteLength(value) > 63 ? [maxBytesError(63)] : []),
  ...labelValueRule(value),
]

export const isCIdentifier = rule(
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  '[A-Za-z_][A-Za-z0-9_]*',
  ['my_name', 'MY_NAME', 'MyName'],
)
export const isHTTPHeaderName = rule(
  "a valid HTTP header must consist of alphanumeric characters or '-'",
  '[-A-Za-z0-9]+',
  ['X-Header-Name'],
)
export const isPercent = rule(
  "a valid percent string must be a numeric string followed by an ending '%'",
  '[0-9]+%',
  ['1%', '93%'],
)

const parentDirectory: Check = value =>
  value === '.' || value === '..'
    ? [`must not be '${value}'`]
    : value.startsWith('..')
      ? ["must not start with '..'"]
      : []

const configMapKeyRule = rule(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  ['key.name', 'KEY_NAME', 'key-name'],
  253,
)
export const isConfigMapKey: Check = value => [...configMapKeyRule(value), ...parentDirectory(value)]

/** Names of environment variables: any printable ASCII but `=` (RelaxedEnvironmentVariableValidation). */
export const isEnvVarName: Check = value => [
  ...(value ? [] : [`environment variable name ${emptyError}`]),
  ...(/^[\x20-\x3c\x3e-\x7e]*$/.test(value)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]),
]

export const isPortNumber = (port: number): string[] =>
  port >= 1 && port <= 65535 ? [] : [rangeError(1, 65535)]

const isInRange = (value: number, low: number, high: number): string[] =>
  value >= low && value <= high ? [] : [rangeError(low, high)]

/** User and group ids. */
export const isUserId = (id: number): string[] => isInRange(id, 0, 2147483647)

export const isPortName: Check = value => {
  const errors: string[] = []
  if (byteLength(value) > 15) errors.push(maxLengthError(15))
  if (!/^[-a-z0-9]+$/.test(value))
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)')
  if (value.includes('--')) errors.push('must not contain consecutive hyphens')
  if (value.startsWith('-') || value.endsWith('-')) errors.push('must not begin or end with a hyphen')
  return errors
}

/** A name that can stand in a URL's path: roles and bindings. */
export const isPathSegmentName = (value: string, prefix = false): string[] =>
  !prefix && (value === '.' || value === '..')
    ? [`may not be '${value}'`]
    : ['/', '%'].filter(part => value.includes(part)).map(part => `may not contain '${part}'`)

/** For generateName a trailing dash is masked: apimachinery/pkg/api/validation/generic.go. */
const maskTrailingDash = (name: string): string =>
  name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name

/** NameIsDNSSubdomain, NameIsDNSLabel, NameIsDNS1035Label: checks of names as the kinds give them. */
const nameRule =
  (check: Check) =>
  (name: string, prefix: boolean): string[] =>
    check(prefix ? maskTrailingDash(name) : name)
export const nameIsDNSSubdomain = nameRule(isDNS1123Subdomain)
export const nameIsDNSLabel = nameRule(isDNS1123Label)
