// May somebody do something: k8s.io/apiserver/pkg/cel/library/authz.go.
import { Authorizer, ResourceCheck } from '../questions.ts'
import { fail, type Library } from './library.ts'

class PathCheck extends Authorizer {}
class GroupCheck extends Authorizer {}
class Decision {
  readonly allowed: boolean
  constructor(allowed: boolean) {
    this.allowed = allowed
  }
}

const prefix = 'kubernetes.authorization.'

export const authorizer: Library = environment => {
  environment
    .registerType(`${prefix}Authorizer`, {
      ctor: Authorizer,
      fields: { requestResource: `${prefix}ResourceCheck` },
    } as never)
    .registerType(`${prefix}PathCheck`, PathCheck)
    .registerType(`${prefix}GroupCheck`, GroupCheck)
    .registerType(`${prefix}ResourceCheck`, ResourceCheck)
    .registerType(`${prefix}Decision`, Decision)
  const method = (on: string, signature: string, returns: string, handler: (...args: never[]) => unknown) =>
    environment.registerFunction(`${prefix}${on}.${signature}: ${returns}`, handler)
  method('Authorizer', 'path(string)', `${prefix}PathCheck`, (a: Authorizer, path: string) =>
    path ? new PathCheck(a.ask, { ...a.about, path }) : fail('path must not be empty'),
  )
  method(
    'Authorizer',
    'group(string)',
    `${prefix}GroupCheck`,
    (a: Authorizer, group: string) => new GroupCheck(a.ask, { ...a.about, group }),
  )
  method(
    'Authorizer',
    'serviceAccount(string, string)',
    `${prefix}Authorizer`,
    (a: Authorizer, namespace: string, name: string) =>
      new Authorizer(a.ask, { ...a.about, user: `system:serviceaccount:${namespace}:${name}` }),
  )
  method(
    'GroupCheck',
    'resource(string)',
    `${prefix}ResourceCheck`,
    (a: Authorizer, resource: string) => new ResourceCheck(a.ask, { ...a.about, resource }),
  )
  for (const field of ['subresource', 'namespace', 'name'])
    method(
      'ResourceCheck',
      `${field}(string)`,
      `${prefix}ResourceCheck`,
      (a: Authorizer, value: string) => new ResourceCheck(a.ask, { ...a.about, [field]: value }),
    )
  for (const on of ['PathCheck', 'ResourceCheck'])
    method(
      on,
      'check(string)',
      `${prefix}Decision`,
      (a: Authorizer, verb: string) => new Decision(a.ask({ ...a.about, verb })),
    )
  method('Decision', 'allowed()', 'bool', (d: Decision) => d.allowed)
  method('Decision', 'reason()', 'string', () => '')
  method('Decision', 'errored()', 'bool', () => false)
  method('Decision', 'error()', 'string', () => '')
}
