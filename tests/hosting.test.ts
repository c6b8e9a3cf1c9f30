// What scripts/hosting/ and .github/ hold for others: manifests that the API server takes and that run, an image that copies what is there,
// workflows and issue forms that name only what the project has.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { World } from '../src/lesson/world.ts'
import { diagnose } from '../src/manifest/diagnose.ts'

const manifests = readFileSync('scripts/hosting/kubernetes.yaml', 'utf8')
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> })
  .scripts

/** Every `npm run NAME` in a text, and `npm test`. */
const named = (text: string): string[] =>
  [...text.matchAll(/npm (?:run (?:--silent |-s )?([\w-]+)|(test|start))\b/g)].map(
    each => each[1] ?? each[2] ?? '',
  )

describe('scripts/hosting/kubernetes.yaml', () => {
  test('nothing is wrong with it', () => {
    expect(diagnose(manifests)).toEqual([])
  })

  test('in a cluster two pods are served behind the service, and stay through a rollout', () => {
    const world = new World({
      seed: 1,
      workers: 2,
      registry: { anyImage: true },
      files: { 'kubernetes.yaml': manifests },
    })
    const run = (command: string) => world.run(command).stdout
    expect(run('kubectl apply -f kubernetes.yaml').split('\n').slice(0, 4)).toEqual([
      'deployment.apps/living-kubernetes created',
      'service/living-kubernetes created',
      'poddisruptionbudget.policy/living-kubernetes created',
      'ingress.networking.k8s.io/living-kubernetes created',
    ])
    expect(run('kubectl rollout status deployment/living-kubernetes')).toContain('successfully rolled out')
    const pods = run('kubectl get pods -o \'jsonpath={range .items[*]}{.spec.nodeName}{" "}{end}\'')
    expect(pods.trim().split(' ').sort()).toEqual(['k8s-node1', 'k8s-node2'])
    const addresses = () =>
      run(
        "kubectl get endpointslices -l kubernetes.io/service-name=living-kubernetes -o 'jsonpath={.items[0].endpoints[?(@.conditions.ready==true)].addresses[0]}'",
      )
    expect(addresses().split(' ')).toHaveLength(2)
    expect(run("kubectl get pdb living-kubernetes -o 'jsonpath={.status.disruptionsAllowed}'")).toBe('1')
    const before = addresses()
    run('kubectl rollout restart deployment/living-kubernetes')
    expect(run('kubectl rollout status deployment/living-kubernetes')).toContain('successfully rolled out')
    expect(addresses().split(' ')).toHaveLength(2)
    expect(addresses()).not.toBe(before)
  })
})

test('scripts/hosting/Dockerfile copies what is there, and runs what the project has', () => {
  const text = readFileSync('scripts/hosting/Dockerfile', 'utf8')
  const copied = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names]) => names!.split(' '))
  expect(copied).toContain('package-lock.json')
  expect(copied.filter(each => !existsSync(each))).toEqual([])
  expect(named(text).filter(each => !(each in scripts))).toEqual([])
  const port = /^EXPOSE (\d+)/m.exec(text)?.[1]
  expect(manifests).toContain(`containerPort: ${port}\n`)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  for (const each of [text, manifests]) expect(each).toContain(`/living-kubernetes:${version}`)
})

/** What is looked at of a workflow. */
interface Workflow {
  readonly permissions: unknown
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: string | readonly string[]
        readonly 'timeout-minutes': number
        readonly steps: readonly { readonly uses?: string; readonly run?: string }[]
      }
    >
  >
}
interface IssueForm {
  readonly body: readonly { readonly type: string; readonly id?: string }[]
}

describe.each(globSync('.github/**/*.yml').map(path => path.replaceAll('\\', '/')))('%s', path => {
  const text = readFileSync(path, 'utf8')
  const value = load(text) as Workflow & IssueForm

  test('names only scripts that there are', () => {
    expect(named(text).filter(each => !(each in scripts) && each !== 'ci')).toEqual([])
  })

  if (path.includes('/workflows/'))
    test('is a workflow whose jobs need each other, with no more rights than each needs', () => {
      expect(value.permissions).toEqual({ contents: 'read' })
      for (const job of Object.values(value.jobs)) {
        for (const needed of [job.needs ?? []].flat()) expect(Object.keys(value.jobs)).toContain(needed)
        expect(job['timeout-minutes']).toBeGreaterThan(0)
        for (const step of job.steps)
          if (step.uses) expect(step.uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
          else expect(step.run).toEqual(expect.any(String))
      }
    })
  else if (!path.endsWith('/config.yml'))
    test('is an issue form', () => {
      expect(value).toMatchObject({ name: expect.any(String), description: expect.any(String) })
      const ids = value.body.flatMap(each => (each.type === 'markdown' ? [] : [each.id]))
      expect(ids.length).toBeGreaterThan(0)
      expect(new Set(ids).size).toBe(ids.length)
      for (const each of value.body)
        expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(each.type)
    })
})
