// A kubeconfig whose values do not fit into Go's structs. Each line is what kubectl 1.32 says.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const faults: readonly (readonly [content: string, why: string])[] = [
  [
    'users: [{name: u, user: {client-certificate: 5}}]',
    'number AuthInfo.users.user.client-certificate string',
  ],
  ['clusters: [{name: k, cluster: {server: 7}}]', 'number Cluster.clusters.cluster.server string'],
  ['contexts: [{name: c, context: x}]', 'string NamedContext.contexts.context v1.Context'],
  ['contexts: [{name: 4}]', 'number NamedContext.contexts.name string'],
  ['contexts: x\nusers: {a: b}', 'string Config.contexts []v1.NamedContext'],
  ['contexts: [null, 3]', 'number Config.contexts v1.NamedContext'],
  ['clusters: {}', 'object Config.clusters []v1.NamedCluster'],
  ['current-context: [a]', 'array Config.current-context string'],
  ['preferences: {colors: 4}', 'number Preferences.preferences.colors bool'],
  ['users: [{user: true}]', 'bool NamedAuthInfo.users.user v1.AuthInfo'],
  ['users: [{user: {client-key-data: 4}}]', 'number AuthInfo.users.user.client-key-data []uint8'],
  ['users: [{user: {as-groups: a}}]', 'string AuthInfo.users.user.as-groups []string'],
  ['users: [{user: {as-groups: [1]}}]', 'number AuthInfo.users.user.as-groups string'],
  ['users: [{user: {as-user-extra: 4}}]', 'number AuthInfo.users.user.as-user-extra map[string][]string'],
  ['users: [{user: {as-user-extra: {a: b}}}]', 'string AuthInfo.users.user.as-user-extra []string'],
  ['users: [{user: {exec: {env: [{name: 3}]}}}]', 'number ExecEnvVar.users.user.exec.env.name string'],
  [
    'users: [{user: {exec: {interactiveMode: 1}}}]',
    'number ExecConfig.users.user.exec.interactiveMode v1.ExecInteractiveMode',
  ],
  [
    'users: [{user: {auth-provider: {config: {a: 1}}}}]',
    'number AuthProviderConfig.users.user.auth-provider.config string',
  ],
]

test('a value of another type is told in the words of encoding/json, whatever is asked for', () => {
  const world = new World({ seed: 1 })
  for (const [content, why] of faults) {
    const [value, field, type] = why.split(' ')
    const said = `error: error loading config file "k": json: cannot unmarshal ${value} into Go struct field ${field} of type ${type}\n`
    for (const command of [
      'get pods',
      'config view',
      'config set-credentials u --token=x',
      'config use-context c',
    ]) {
      world.write('k', content)
      expect([command, world.run(`kubectl --kubeconfig=k ${command}`)]).toEqual([
        command,
        { stdout: '', stderr: said, exit: 1 },
      ])
    }
    expect(world.run('cat k').stdout).toBe(content)
  }
})

test('what is no configuration at all is told by its kind', () => {
  const world = new World({ seed: 1 })
  const said = (content: string) => {
    world.write('k', content)
    return world.run('kubectl --kubeconfig=k config view').stderr
  }
  const start = `error: error loading config file "k": couldn't get version/kind; json parse error: json: cannot unmarshal number into Go`
  expect(said('kind: 4')).toBe(`${start} struct field .kind of type string\n`)
  expect(said('4')).toBe(
    `${start} value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }\n`,
  )
})

test('a list that is null is empty, an entry that is null has no name', () => {
  const world = new World({ seed: 1 })
  world.write('k', 'users: [null]\nclusters: null\ncontexts: [{name: c, context: null}]\ncurrent-context: c')
  expect(world.run('kubectl --kubeconfig=k config view')).toEqual({
    stdout: `apiVersion: v1
clusters: null
contexts:
- context:
    cluster: ""
    user: ""
  name: c
current-context: c
kind: Config
users:
- name: ""
  user: {}
`,
    stderr: '',
    exit: 0,
  })
})
