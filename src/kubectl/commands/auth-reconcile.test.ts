import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

function machine() {
  const world = new World({ seed: 1 })
  const reconcile = (make: string, flags = '') => {
    const namespace = make.includes(' -n ') ? '' : '-n default'
    world.run(`${make} ${namespace} -o yaml --dry-run=client > r.yaml`)
    return world.run(`kubectl auth reconcile -f r.yaml ${flags}`)
  }
  return { world, reconcile }
}
const rule = (verb: string, resource: string) =>
  `\t\t{Verbs:[${verb}] APIGroups:[] Resources:[${resource}] ResourceNames:[] NonResourceURLs:[]}\n`
const role = (verbs: string, resources: string) =>
  `kubectl create role r --verb=${verbs} --resource=${resources}`

test('roles get the permissions that they lack, and keep the others', () => {
  const { world, reconcile } = machine()
  expect(reconcile(role('get', 'pods'))).toEqual({
    stdout: 'role.rbac.authorization.k8s.io/r reconciled\n',
    stderr: `\treconciliation required create\n\tmissing rules added:\n${rule('get', 'pods')}`,
    exit: 0,
  })
  expect(reconcile(role('get', 'pods')).stderr).toBe('')
  const added = `\treconciliation required update\n\tmissing rules added:\n${rule('list', 'pods')}`
  expect(reconcile(role('list', 'pods'), '--dry-run=client').stderr).toBe(added)
  expect(reconcile(role('list', 'pods')).stderr).toBe(added)
  const rules = () => world.run('kubectl get role r -o jsonpath="{.rules[*].verbs[*]}"').stdout
  expect(rules()).toBe('get list')
  expect(reconcile(role('list', 'pods'), '--remove-extra-permissions').stderr).toBe(
    `\treconciliation required update\n\textra rules removed:\n${rule('get', 'pods')}`,
  )
  expect(rules()).toBe('list')
  // More than is asked for is enough.
  world.run('kubectl create role all --verb="*" --resource="*"')
  expect(reconcile('kubectl create role all --verb=get --resource=pods/log').stderr).toBe('')
})

test('bindings: subjects are added, another role means another object, a namespace is made', () => {
  const { world, reconcile } = machine()
  const binding = (of: string, account: string) =>
    `kubectl create rolebinding b ${of} --serviceaccount=default:${account} -n new`
  expect(reconcile(binding('--role=r', 'x')).stderr).toBe(
    '\treconciliation required create\n\tmissing subjects added:\n\t\t{Kind:ServiceAccount APIGroup: Name:x Namespace:default}\n',
  )
  expect(world.run('kubectl get ns new -o name').stdout).toBe('namespace/new\n')
  expect(reconcile(binding('--clusterrole=view', 'y')).stderr).toBe(
    '\treconciliation required recreate\n\tmissing subjects added:\n\t\t{Kind:ServiceAccount APIGroup: Name:y Namespace:default}\n',
  )
  const show = () =>
    world.run('kubectl get rolebinding b -n new -o jsonpath="{.roleRef.name} {.subjects[*].name}"').stdout
  expect(show()).toBe('view x y')
  expect(reconcile(binding('--clusterrole=view', 'y'), '--remove-extra-subjects').stderr).toContain(
    '\textra subjects removed:\n\t\t{Kind:ServiceAccount APIGroup: Name:x Namespace:default}\n',
  )
  expect(show()).toBe('view y')
})

test('who opted out is left alone; a dry run of the server is not there', () => {
  const { world, reconcile } = machine()
  world.run(role('get', 'pods'))
  world.run('kubectl annotate role r rbac.authorization.kubernetes.io/autoupdate=false')
  expect(reconcile(role('list', 'pods')).stderr).toContain(
    '\treconciliation required update, but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)\n',
  )
  expect(world.run('kubectl get role r -o jsonpath="{.rules[*].verbs[*]}"').stdout).toBe('get')
  expect(reconcile(role('get', 'pods'), '--dry-run=server')).toEqual({
    stdout: '',
    stderr: 'error: --dry-run=server for command reconcile is not supported yet\n',
    exit: 1,
  })
})

test('no namespace is filled in where the file names none', () => {
  const { world } = machine()
  world.run(`${role('get', 'pods')} -o yaml --dry-run=client > r.yaml`)
  expect(world.run('kubectl auth reconcile -f r.yaml -n default')).toEqual({
    stdout: '',
    stderr: 'error: resource name may not be empty\n',
    exit: 1,
  })
  expect(world.run('kubectl auth reconcile -f r.yaml --dry-run=client').stdout).toBe(
    'role.rbac.authorization.k8s.io/r reconciled (dry run)\n',
  )
  expect(world.run('kubectl get role r').exit).toBe(1)
})
