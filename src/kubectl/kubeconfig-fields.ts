// The fields of a kubeconfig's entries, in the order of Go's structs, in which they are written as JSON; unknown ones are
// dropped (client-go tools/clientcmd/api/v1/types.go).

import type { GoStructs } from './go-structs.ts'

export type Section = 'clusters' | 'users' | 'contexts'

/** What an entry of a section stands under: `{name, cluster: {…}}`. */
export const entryName: Readonly<Record<Section, string>> = {
  clusters: 'cluster',
  users: 'user',
  contexts: 'context',
}

/** text, boolean, bytes (base64), list of text, anything else. */
export type FieldKind = 'text' | 'boolean' | 'bytes' | 'list' | 'other'

export interface ConfigField {
  readonly name: string
  readonly kind: FieldKind
  /** Written even where it is empty. */
  readonly always: boolean
}

/** `name:kind`, `!` for what is always written; no kind is text. */
const fieldTable = (text: string): readonly ConfigField[] =>
  text.split(/\s+/).map(word => {
    const [name = '', kind = 'text'] = word.replace('!', '').split(':')
    return { name, kind: kind as FieldKind, always: word.endsWith('!') }
  })

export const entryFields: Readonly<Record<Section, readonly ConfigField[]>> = {
  clusters: fieldTable(
    'server! tls-server-name insecure-skip-tls-verify:boolean certificate-authority certificate-authority-data:bytes proxy-url disable-compression:boolean extensions:other',
  ),
  users: fieldTable(
    'client-certificate client-certificate-data:bytes client-key client-key-data:bytes token tokenFile as as-uid as-groups:list as-user-extra:other username password auth-provider:other exec:other extensions:other',
  ),
  contexts: fieldTable('cluster! user! namespace extensions:other'),
}

/** What the files are read into, v1.Config. */
export const configStructs: GoStructs = {
  name: 'v1',
  keepsNulls: true,
  structs: {
    Config: `clusters:[]NamedCluster contexts:[]NamedContext current-context:s extensions:[]NamedExtension
      preferences:Preferences users:[]NamedAuthInfo`,
    Preferences: 'colors:b extensions:[]NamedExtension',
    NamedExtension: 'name:s extension:*',
    NamedCluster: 'name:s cluster:Cluster',
    Cluster: `server:s tls-server-name:s insecure-skip-tls-verify:b certificate-authority:s certificate-authority-data:y
      proxy-url:s disable-compression:b extensions:[]NamedExtension`,
    NamedContext: 'name:s context:Context',
    Context: 'cluster:s user:s namespace:s extensions:[]NamedExtension',
    NamedAuthInfo: 'name:s user:AuthInfo',
    AuthInfo: `client-certificate:s client-certificate-data:y client-key:s client-key-data:y token:s tokenFile:s as:s
      as-uid:s as-groups:S as-user-extra:L username:s password:s auth-provider:AuthProviderConfig exec:ExecConfig
      extensions:[]NamedExtension`,
    AuthProviderConfig: 'name:s config:M',
    ExecConfig: `command:s args:S env:[]ExecEnvVar apiVersion:s installHint:s provideClusterInfo:b
      interactiveMode:=ExecInteractiveMode`,
    ExecEnvVar: 'name:s value:s',
  },
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0)

/** An entry as it is written. */
export function orderedEntry(
  section: Section,
  entry: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const { name, always, kind } of entryFields[section])
    if (!isEmpty(entry[name])) out[name] = entry[name]
    else if (always && kind === 'text') out[name] = ''
  return out
}
