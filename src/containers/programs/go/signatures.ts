// Types of Go's packages as far as mistakes with them are common: what their functions want, and what requests and answers
// have (go1.26, `go doc`).
import { dictionary } from '../../../engine/dictionary.ts'
import type { Expr, TypeExpr } from './ast.ts'
import { source } from './source-text.ts'

/** Types of the parameters of functions; those that take anything are not here. */
const functions: Readonly<Record<string, readonly string[]>> = {
  'net/http.ListenAndServe': ['string', 'http.Handler'],
  'net/http.HandleFunc': ['string', 'func(http.ResponseWriter, *http.Request)'],
  'net/http.Handle': ['string', 'http.Handler'],
  'net/http.Error': ['http.ResponseWriter', 'string', 'int'],
  'net/http.StatusText': ['int'],
  'io.WriteString': ['io.Writer', 'string'],
  'os.Getenv': ['string'],
  'os.ReadFile': ['string'],
  'os.Exit': ['int'],
  'os.Hostname': [],
  'strconv.Itoa': ['int'],
  'strconv.Atoi': ['string'],
  'strings.ToUpper': ['string'],
  'strings.ToLower': ['string'],
  'strings.TrimSpace': ['string'],
  'strings.Repeat': ['string', 'int'],
  'strings.Join': ['[]string', 'string'],
  'strings.Split': ['string', 'string'],
  'strings.Contains': ['string', 'string'],
  'time.Sleep': ['time.Duration'],
  'time.Now': [],
  'time.Since': ['time.Time'],
  'errors.New': ['string'],
}

export const signatureOf = (path: string, name: string): readonly string[] | undefined =>
  functions[`${path}.${name}`]

/** Exported fields and methods. */
const members: Readonly<Record<string, ReadonlySet<string>>> = dictionary({
  'http.ResponseWriter': new Set(['Header', 'Write', 'WriteHeader']),
  '*http.Request': new Set(
    'AddCookie BasicAuth Body Cancel Clone Close ContentLength Context Cookie Cookies CookiesNamed Form FormFile FormValue GetBody Header Host Method MultipartForm MultipartReader ParseForm ParseMultipartForm PathValue Pattern PostForm PostFormValue Proto ProtoAtLeast ProtoMajor ProtoMinor Referer RemoteAddr RequestURI Response SetBasicAuth SetPathValue TLS Trailer TransferEncoding URL UserAgent WithContext Write WriteProxy'.split(
      ' ',
    ),
  ),
})

export const typeText = (type: TypeExpr): string => {
  switch (type.t) {
    case 'named':
      return type.package ? `${type.package}.${type.name}` : type.name
    case 'pointer':
      return `*${typeText(type.of)}`
    case 'slice':
      return `[]${typeText(type.of)}`
    default:
      return type.t
  }
}

/** Why a variable of this type has no such member; undefined where it has, or where the type is not listed. */
export function missingMember(type: string, variable: string, member: string): string | undefined {
  const known = members[type]
  if (!known || known.has(member)) return undefined
  return `${variable}.${member} undefined (type ${type} has no field or method ${member})`
}

/** `untyped int`; undefined for what is no constant that stands there as such. */
export function constantType(expr: Expr): string | undefined {
  if (expr.t === 'paren') return constantType(expr.of)
  if (expr.t !== 'literal') return undefined
  return expr.kind === 'char' ? 'untyped rune' : `untyped ${expr.kind}`
}

/** A type in the list of what a call has: constants of numbers are all one there. */
const had = (expr: Expr): string | undefined => {
  const type = constantType(expr)
  if (type) return type === 'untyped string' ? 'string' : 'number'
  return expr.t === 'name' && expr.name === 'nil' ? 'nil' : undefined
}

/** What is wrong with the arguments of a call, and where; undefined where nothing is, or it cannot be told. */
export function wrongArguments(
  wanted: readonly string[],
  call: Extract<Expr, { t: 'call' }>,
): { readonly message: string; readonly of: Expr | 'end' } | undefined {
  const { args, fn } = call
  // One call may give all of them.
  if (call.spread || (args.length === 1 && args[0]!.t === 'call' && wanted.length !== 1)) return undefined
  if (args.length !== wanted.length) {
    const have = args.map(had)
    if (have.includes(undefined)) return undefined
    const few = args.length < wanted.length
    return {
      message: `${few ? 'not enough' : 'too many'} arguments in call to ${source(fn)}\n\thave (${have.join(', ')})\n\twant (${wanted.join(', ')})`,
      of: few ? (args.at(-1) ?? 'end') : args[wanted.length]!,
    }
  }
  for (const [i, arg] of args.entries()) {
    const type = constantType(arg)
    const want = wanted[i]!
    if (!type) continue
    const fits =
      want === 'string'
        ? type === 'untyped string'
        : want === 'int' || want === 'time.Duration'
          ? type !== 'untyped string'
          : want !== 'http.Handler'
    if (!fits && (want === 'string' || want === 'int' || want === 'time.Duration'))
      return {
        message: `cannot use ${source(arg)} (${type} constant) as ${want} value in argument to ${source(fn)}`,
        of: arg,
      }
  }
  return undefined
}
