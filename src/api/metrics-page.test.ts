import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

test('GET /metrics counts requests and objects; /metrics/slis has the checks', () => {
  const world = new World({ seed: 1 })
  const raw = (path: string, flags = '') => world.run(`kubectl get --raw ${path} ${flags}`)
  const labels = (code: number, scope: string, verb: string, subresource = '', resource = 'deployments') =>
    `apiserver_request_total{code="${code}",component="apiserver",dry_run="",group="${resource === 'pods' ? '' : 'apps'}",resource="${resource}",scope="${scope}",subresource="${subresource}",verb="${verb}",version="v1"}`
  world.run('kubectl create deployment web --image=nginx --replicas=0')
  world.run('kubectl get deployment none; kubectl get deployment none')
  world.run('kubectl get deployment web -o yaml > web.yaml; kubectl get deployments')
  world.run(
    'sed -i /managedFields/,/manager:/d web.yaml; kubectl apply --server-side --force-conflicts -f web.yaml',
  )
  world.run('kubectl logs -n kube-system -l component=etcd; kubectl patch deployment web -p {}')
  const { stdout } = raw('/metrics')
  expect(stdout).toMatch(
    /^# HELP apiserver_request_total \[STABLE\] Counter .*\n# TYPE apiserver_request_total counter\n/,
  )
  expect(stdout).toContain(`\n${labels(201, 'resource', 'POST')} 1\n`)
  expect(stdout).toContain(`\n${labels(404, 'resource', 'GET')} 2\n`)
  expect(stdout).toContain(`\n${labels(200, 'namespace', 'LIST')} `)
  expect(stdout).toContain(`\n${labels(200, 'resource', 'APPLY')} 1\n`)
  expect(stdout).toContain(`\n${labels(200, 'resource', 'PATCH')} 1\n`)
  expect(stdout).toContain(`\n${labels(200, 'resource', 'CONNECT', 'log', 'pods')} 1\n`)
  expect(stdout).toContain('\napiserver_resource_objects{group="apps",resource="deployments"} 2\n')
  expect(stdout).toContain(
    '# HELP apiserver_storage_objects [STABLE] (Deprecated since 1.34.0) [DEPRECATED, ',
  )
  expect(stdout).toContain('\napiserver_storage_objects{resource="deployments.apps"} 2\n')
  const families = stdout.match(/(?<=^# TYPE )\S+/gm)
  expect(families).toEqual(families?.toSorted())
  expect(stdout).not.toContain('resource="bindings"')
  expect(stdout).toMatch(/^kubernetes_build_info\{.*git_version="v1\.36\.3".*\} 1$/m)
  expect(raw('/metrics/slis').stdout).toContain('\nkubernetes_healthcheck{name="etcd",type="readyz"} 1\n')
  expect(raw('/metrics/none').stderr).toBe(
    'Error from server (NotFound): the server could not find the requested resource\n',
  )
  expect(raw('/metrics', '--as=bob').stderr).toBe(
    'Error from server (Forbidden): forbidden: User "bob" cannot get path "/metrics"\n',
  )
})

test('the index lists what is served', () => {
  const world = new World({ seed: 1 })
  const { paths } = JSON.parse(world.run('kubectl get --raw /').stdout)
  expect(paths).toEqual([...paths].sort())
  for (const path of ['/apis/apps/v1', '/metrics', '/readyz/shutdown', '/version']) {
    expect(paths).toContain(path)
    expect(world.run(`kubectl get --raw ${path}`).exit).toBe(0)
  }
})
