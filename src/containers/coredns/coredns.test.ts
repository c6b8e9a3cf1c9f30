// CoreDNS does what its Corefile says, in the cluster and in its own words.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'
import { corefileJson, parseCorefile } from './corefile.ts'

const known = new Set(['errors', 'health', 'hosts', 'forward'])
const fault = (text: string) => {
  try {
    return parseCorefile(text, '/Corefile', known)
  } catch (error) {
    return (error as Error).message
  }
}

test('reads a Corefile, and says where it is wrong', () => {
  const text =
    '.:53 example.org { # all\n  errors\n  hosts {\n    10.0.0.1 a.b "c d"\n    fallthrough\n  }\n}\nx:54 {\n}\n'
  const blocks = parseCorefile(text, '/Corefile', known)
  expect(blocks.map(({ keys }) => keys)).toEqual([['.:53', 'example.org'], ['x:54']])
  expect(blocks[0]!.directives.map(({ name, block }) => [name, block.map(({ words }) => words)])).toEqual([
    ['errors', []],
    ['hosts', [['10.0.0.1', 'a.b', 'c d'], ['fallthrough']]],
  ])
  expect(corefileJson(blocks, 'f')).toMatch(
    /^\[\{"Keys":\[".:53","example.org"\],"Tokens":\{"errors":\[\{"File":"f","Line":2,/,
  )
  expect(fault('.:53 {\n  errors\n  forwrd . 8.8.8.8\n}\n')).toBe(
    "/Corefile:3 - Error during parsing: Unknown directive 'forwrd'",
  )
  expect(fault('.:53 {\n  errors\n')).toBe(
    "/Corefile:2 - Error during parsing: Syntax error: Unexpected token 'errors', expecting '}'",
  )
  expect(fault('.:53 {\n  hosts {\n  1.1.1.1 a\n')).toBe('/Corefile:3 - Error during parsing: Unexpected EOF')
})

/** A world with a client, whose Corefile can be changed. */
function setUp(options: { outside?: boolean } = {}) {
  const world = new World({ seed: 1, ...options })
  world.run('kubectl run b --image=busybox:1.36 --restart=Never -- sleep 100000')
  world.advance(6000)
  const corefile = world.run("kubectl -n kube-system get cm coredns -o jsonpath='{.data.Corefile}'").stdout
  return {
    world,
    /** Addresses and codes that a name gets in the pod. */
    ask(name: string) {
      const { stdout, stderr } = world.run(`kubectl exec b -- nslookup -type=a ${name}`)
      const found = [...stdout.matchAll(/^Address: (.*)$/gm)].map(([, address]) => address)
      return found.length
        ? found.join(' ')
        : (/: (\w+)\n\n/.exec(stdout)?.[1] ?? (/timed out/.test(stderr) ? 'silence' : ''))
    },
    edit(change: (text: string) => string) {
      world.write('Corefile', change(corefile))
      world.run(
        'kubectl -n kube-system create cm coredns --from-file=Corefile --dry-run=client -o yaml | kubectl replace -f -',
      )
    },
    restart: () => world.run('kubectl -n kube-system delete pod -l k8s-app=kube-dns'),
    logs: () => world.run('kubectl -n kube-system logs -l k8s-app=kube-dns --tail=20').stdout,
  }
}

const withHosts = (text: string) =>
  text.replace('    ready\n', '    ready\n    hosts {\n      10.9.9.9 db.corp\n      fallthrough\n    }\n')

test('what the ConfigMap says is answered after a restart', () => {
  const { world, ask, edit, restart } = setUp()
  expect(ask('db.corp')).toBe('NXDOMAIN')
  edit(text =>
    withHosts(text).replace(
      '    ready\n',
      '    ready\n    rewrite name api.local kubernetes.default.svc.cluster.local\n',
    ),
  )
  restart()
  expect(world.until('kubectl -n kube-system rollout status deployment/coredns --timeout=1s')).toBe(true)
  expect(ask('db.corp')).toBe('10.9.9.9')
  expect(ask('api.local')).toBe('20.1.0.1')
  expect(ask('kubernetes.default.svc.cluster.local')).toBe('20.1.0.1')
})

test('the reload plugin finds the change by itself, and leaves a broken one aside', () => {
  const { world, ask, edit, logs } = setUp()
  edit(withHosts)
  world.advance(150_000)
  expect(ask('db.corp')).toBe('10.9.9.9')
  expect(logs()).toContain('[INFO] Reloading complete')
  edit(text => text.replace('loadbalance', 'loadbalanc'))
  world.advance(150_000)
  expect(ask('db.corp')).toBe('10.9.9.9')
  expect(logs()).toMatch(
    /plugin\/reload: Corefile changed but reload failed: \/etc\/coredns\/Corefile:\d+ - Error during parsing: Unknown directive 'loadbalanc'/,
  )
})

test('a Corefile that cannot be read ends CoreDNS in its words', () => {
  const { world, edit, restart, ask } = setUp()
  edit(text => text.replace('/etc/resolv.conf', 'not-a-server'))
  world.run('kubectl -n kube-system scale deployment/coredns --replicas=0')
  world.advance(20_000)
  expect(ask('kubernetes.default.svc.cluster.local')).toBe('silence')
  world.run('kubectl -n kube-system scale deployment/coredns --replicas=1')
  restart()
  world.advance(60_000)
  expect(world.run('kubectl -n kube-system get pods -l k8s-app=kube-dns').stdout).toContain(
    'CrashLoopBackOff',
  )
  const log = world.run('kubectl -n kube-system logs deploy/coredns').stdout
  expect(log).toBe('plugin/forward: not an IP address or file: "not-a-server"\n')
})

test('an ExternalName is followed, in the cluster and outside; an address is taken for a name', () => {
  const { world, ask } = setUp({ outside: true })
  for (const [name, target] of [
    ['in', 'kubernetes.default.svc.cluster.local'],
    ['out', 'www.example.com'],
    ['digits', '10.0.2.2'],
    ['circle', 'circle.default.svc.cluster.local'],
  ])
    world.run(`kubectl create service externalname ${name} --external-name=${target}`)
  world.advance(1000)
  expect(ask('in.default.svc.cluster.local')).toBe('20.1.0.1')
  expect(ask('out.default.svc.cluster.local')).toBe('203.0.113.10')
  expect(ask('digits.default.svc.cluster.local')).toBe('')
  expect(ask('circle.default.svc.cluster.local')).toBe('')
  const get = (rest: string) => world.run(`kubectl exec b -- wget -qO- -T 2 ${rest}`)
  expect(get('http://www.example.com').stdout).toContain('Example Domain')
  expect(get('http://out').stderr).toContain('403')
  world.run('kubectl run curl --image=curlimages/curl --command -- sleep 10000')
  world.advance(5000)
  const own = "kubectl exec curl -- curl -s -H 'Host: www.example.com' http://out"
  expect(world.run(own).stdout).toContain('Example Domain')
  expect(world.run('node-exec k8s-node1 curl -s http://www.example.com').stdout).toContain('Example Domain')
})

test('without the option nothing is outside, and with it egress policies apply', () => {
  expect(setUp().ask('www.example.com')).toBe('NXDOMAIN')
  const { world } = setUp({ outside: true })
  const reaches = () => world.run('kubectl exec b -- wget -qO- -T 2 http://203.0.113.10').stderr
  const policy = (egress: string) => {
    world.write(
      'p.yaml',
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {}, policyTypes: [Egress], egress: ${egress}}\n`,
    )
    world.run('kubectl apply -f p.yaml')
    world.advance(500)
  }
  expect(reaches()).toContain('403')
  policy('[{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [203.0.113.0/24]}}]}]')
  expect(reaches()).toContain('timed out')
  policy('[{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]')
  expect(reaches()).toContain('403')
})
