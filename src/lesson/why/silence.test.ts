// What is in order is no trouble, and what was mended is none any more.
import { describe, expect, it } from 'vitest'
import {
  live,
  lived,
  orderOf,
  pod,
  refusalOf,
  type Step,
  said,
  saidOf,
  sh,
  told,
  workload,
} from '../../../tests/why/lived.ts'
import { installIngressController } from '../ingress-controller.ts'
import { why } from './why.ts'

describe('what is in order is no trouble', () => {
  it.each(['Never', 'OnFailure'])(
    'a container that has done its work beside another, under %s',
    restartPolicy => {
      const containers = [
        { name: 'once', ...sh('echo done') },
        { name: 'on', ...sh('sleep 1000') },
      ]
      const world = lived(['kubectl apply -f a.json', 20], {
        'a.json': pod('a', { restartPolicy, containers }),
      })
      expect(told(world)).toEqual([])
      expect(orderOf(world, 'pod/a')).toBe('normal: a is as it should be.')
    },
  )

  it('a hook that holds TERM back', () => {
    const lifecycle = { preStop: { exec: { command: ['sleep', '25'] } } }
    const world = lived(['kubectl apply -f a.json', 10, 'kubectl delete pod a --wait=false', 18], {
      'a.json': pod('a', { containers: [{ name: 'main', image: 'nginx', lifecycle }] }),
    })
    expect(told(world)).toEqual([])
    expect(orderOf(world, 'pod/a')).toBe(
      'normal: a was asked to leave and is ending, within its grace period.',
    )
  })

  it('a Service whose pods are just starting; who asks is told', () => {
    const world = lived([
      'kubectl create deployment web --image=nginx',
      'kubectl expose deployment web --port=80',
    ])
    expect(told(world)).toEqual([])
    expect(saidOf(world, 'service/web')).toEqual(['Pods that it matches: 1. None of them is ready.'])
  })

  it('a probe that has failed at a port on which the container listens by now', () => {
    const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 10 }
    const main = { name: 'main', ...sh('sleep 33; nc -lk -p 8080 -e true'), readinessProbe }
    const world = lived(['kubectl apply -f a.json', 32], { 'a.json': pod('a', { containers: [main] }) })
    expect(told(world)).toEqual([
      'Its readiness probe knocks at 8080, where nothing in the container listens.',
    ])
    world.advance(4000)
    expect(told(world)).toEqual([])
    expect(orderOf(world, 'pod/a')).toBe('normal: a listens by now; its next readiness probe will find that.')
  })

  it('a request that came before the program listened', () => {
    const main = { name: 'main', ...sh('sleep 10; while true; do nc -l -p 8080 -e echo hi; done') }
    const world = lived(
      ['kubectl apply -f a.json', 5, `curl -s $(kubectl get pod a -o jsonpath='{.status.podIP}'):8080`],
      { 'a.json': pod('a', { containers: [main] }) },
    )
    expect(told(world)).toEqual(['It reached a:8080, where nobody listens; the pod listens nowhere.'])
    world.advance(10_000)
    expect(told(world)).toEqual([])
  })
})

describe('who is turned away on purpose is no trouble while the others are served', () => {
  const asking = (name: string, ask: string) =>
    pod(name, {
      containers: [
        { name, image: 'curlimages/curl', command: ['sh', '-c', `while true; do ${ask}; sleep 2; done`] },
      ],
    })
  const web = { name: 'main', image: 'nginx', ports: [{ containerPort: 80 }] }
  const base = ['kubectl apply -f web.json', 'kubectl expose deployment web --port=80', 20]
  const policy = (port: number) =>
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web' },
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'guest' } } }], ports: [{ port }] }],
      },
    })

  it('by a NetworkPolicy; where it lets nobody in, that is a trouble', () => {
    const ask = 'curl -s -m 2 http://web'
    const world = lived([...base, 'kubectl apply -f policy.json -f guest.json -f stranger.json', 30], {
      'web.json': workload({ containers: [web] }),
      'policy.json': policy(8080),
      'guest.json': asking('guest', ask),
      'stranger.json': asking('stranger', ask),
    })
    expect(told(world)).toHaveLength(2)
    world.write('policy.json', policy(80))
    live(world, ['kubectl apply -f policy.json', 30])
    expect(told(world)).toEqual([])
    // Who asks about that request is told.
    const refused = world.cluster.network.traces.recent.all.findLast(each => each.outcome === 'timeout')!
    expect(said(why(world, { type: 'request', trace: refused }))).toEqual([
      'Policy web selects web-* and no rule lets stranger reach 80.',
    ])
  })

  it('by an ingress controller that has no rule for that host', () => {
    const world = lived([], {
      'web.json': workload({ containers: [web] }),
      'guest.json': asking(
        'guest',
        'curl -s -m 2 -H "Host: shop.example" http://ingress-nginx-controller.ingress-nginx/',
      ),
      'stranger.json': asking(
        'stranger',
        'curl -s -m 2 -H "Host: other.example" http://ingress-nginx-controller.ingress-nginx/',
      ),
    })
    live(world, [...installIngressController, ...base, 'kubectl apply -f stranger.json', 30])
    expect(told(world)).toEqual(['No rule covers other.example/: there is no Ingress at all.'])
    live(world, [
      'kubectl create ingress shop --class=nginx --rule="shop.example/*=web:80"',
      'kubectl apply -f guest.json',
      30,
    ])
    expect(told(world)).toEqual([])
  })
})

describe('what was and is no more', () => {
  it('an alias has nobody behind it by its selector, and needs nobody', () => {
    const world = lived([
      'kubectl create deployment db --image=nginx',
      'kubectl create service externalname shop-db --external-name=db.default.svc.cluster.local',
      20,
    ])
    expect(told(world)).toEqual([])
  })

  it('who asked a wrong name has been replaced', () => {
    const asking = (name: string) =>
      workload({ containers: [{ name: 'main', ...sh(`wget -T 2 -qO- ${name}; sleep 1000`) }] })
    const world = lived(['kubectl create service clusterip shop --tcp=80', 'kubectl apply -f web.json', 30], {
      'web.json': asking('http://shopp'),
    })
    expect(told(world)).toContain('There is no Service shopp. Did you mean shop?')
    world.write(
      'web.json',
      asking('http://web.shop.invalid').replace('wget -T 2 -qO- http://web.shop.invalid; ', ''),
    )
    live(world, ['kubectl apply -f web.json', 10])
    expect(told(world).join()).not.toContain('shopp')
  })

  it('nobody runs under the account that was refused any more', () => {
    const asking = `while true; do curl -s -o /dev/null --cacert $d/ca.crt -H "Authorization: Bearer $(cat $d/token)" https://kubernetes.default.svc/api/v1/namespaces/default/configmaps; sleep 5; done`
    const main = {
      name: 'main',
      image: 'curlimages/curl',
      command: ['sh', '-c', `d=/var/run/secrets/kubernetes.io/serviceaccount; ${asking}`],
    }
    const world = lived(['kubectl apply -f web.json', 30], { 'web.json': workload({ containers: [main] }) })
    expect(told(world)).toEqual(['No binding names system:serviceaccount:default:default.'])
    live(world, [
      'kubectl create serviceaccount reader',
      'kubectl create rolebinding reader --clusterrole=view --serviceaccount=default:reader',
      'kubectl set serviceaccount deployment/web reader',
      60,
    ])
    expect(told(world)).toEqual([])
  })
})

describe('what kept a pod from being made is gone, and its controller has not tried again yet', () => {
  const main = { name: 'main', image: 'nginx' }
  const object = (kind: string, spec: unknown) =>
    JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: 'team' }, spec })
  const level = 'pod-security.kubernetes.io/enforce'
  it.each<[string, Step[], string, Record<string, string>]>([
    [
      'a quota',
      ['kubectl apply -f team.json'],
      'kubectl delete quota team',
      {
        'team.json': object('ResourceQuota', { hard: { pods: '0' } }),
        'web.json': workload({ containers: [main] }),
      },
    ],
    [
      'a quota without room',
      ['kubectl apply -f team.json'],
      `kubectl patch quota team -p '{"spec":{"hard":{"pods":"1"}}}'`,
      {
        'team.json': object('ResourceQuota', { hard: { pods: '0' } }),
        'web.json': workload({ containers: [main] }),
      },
    ],
    [
      'a limit range',
      ['kubectl apply -f team.json'],
      'kubectl delete limitrange team',
      {
        'team.json': object('LimitRange', { limits: [{ type: 'Container', max: { memory: '128Mi' } }] }),
        'web.json': workload({ containers: [{ ...main, resources: { limits: { memory: '256Mi' } } }] }),
      },
    ],
    [
      'an account',
      [],
      'kubectl create serviceaccount robot',
      { 'web.json': workload({ serviceAccountName: 'robot', containers: [main] }) },
    ],
    [
      'a level of security',
      [`kubectl label namespace default ${level}=baseline`],
      `kubectl label namespace default ${level}-`,
      { 'web.json': workload({ hostNetwork: true, containers: [main] }) },
    ],
  ])('%s', (_, before, cure, files) => {
    const world = lived([...before, 'kubectl apply -f web.json', 100], files)
    expect(told(world)).toHaveLength(1)
    // The wait of the controller is longer by now than what passes here.
    live(world, [cure, 1])
    expect(told(world)).toEqual([])
    expect(orderOf(world, 'deployment/web')).toBe(
      'normal: What kept the pods of web from being made is gone; its controller tries again by itself.',
    )
  })
})

describe('what was refused', () => {
  it('is no trouble once the user is allowed, or a group of theirs', () => {
    const world = lived(['kubectl get pods --as=bob --as-group=devs'])
    expect(told(world)).toEqual(['No binding names bob.'])
    live(world, ['kubectl create rolebinding devs-view --clusterrole=view --group=devs'])
    expect(told(world)).toEqual([])
    expect(refusalOf(world)).toMatchObject({ state: 'normal', normal: { text: 'allowedNow' } })
  })

  it('is one still where the role allows another object of the kind only', () => {
    const world = lived([
      'kubectl get configmap b --as=bob',
      'kubectl create role one --verb=get --resource=configmaps --resource-name=a',
      'kubectl create rolebinding bob-one --role=one --user=bob',
    ])
    expect(told(world)).toEqual(['bob-one binds bob to one, which does not allow get of configmaps.'])
  })

  it('is no trouble once there is room for the pod', () => {
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team' },
      spec: { hard: { pods: '0' } },
    }
    const world = lived(['kubectl apply -f team.json', 1, 'kubectl run web --image=nginx'], {
      'team.json': JSON.stringify(quota),
    })
    expect(said(refusalOf(world))).toEqual(['Quota team is full: pods=1 more wanted, pods=0 used of pods=0.'])
    live(world, ['kubectl delete quota team'])
    expect(told(world)).toEqual([])
    expect(refusalOf(world)).toMatchObject({ state: 'normal', normal: { text: 'allowedNow' } })
  })

  it('is no trouble once the budget has one to spare', () => {
    const world = lived([
      'kubectl create deployment web --image=nginx --replicas=2',
      'kubectl create pdb web --selector=app=web --min-available=2',
      20,
      'kubectl drain k8s-node1 --ignore-daemonsets --timeout=5s',
    ])
    expect(said(refusalOf(world))).toEqual(['web wants 2 available and has 2: none may go.'])
    live(world, ['kubectl uncordon k8s-node1', 'kubectl scale deployment web --replicas=3', 10])
    expect(told(world)).toEqual([])
  })
})
