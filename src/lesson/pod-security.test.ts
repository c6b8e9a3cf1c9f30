// What the security contexts of a pod do to its processes and files, as the pod itself sees it.
import { expect, test } from 'vitest'
import { stringifyYaml } from '../yaml/stringify.ts'
import { World } from './world.ts'

interface PodOptions {
  readonly image?: string
  readonly spec?: object
  readonly container?: object
}

/** A world with one pod, and a shell in it. */
function pod({ image = 'busybox:1.36', spec = {}, container = {} }: PodOptions) {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  const main = { name: 'main', image, command: ['sleep', '1000000'], ...container }
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [main], ...spec },
  }
  world.write('a.yaml', stringifyYaml(manifest))
  run('kubectl apply -f a.yaml')
  world.advance(5000)
  return { world, run, sh: (script: string) => run(`kubectl exec a -- sh -c '${script}'`) }
}

const reasonOf = (run: (command: string) => string) =>
  run("kubectl get pod a -o jsonpath='{.status.containerStatuses[0].state.waiting}'")

test('runAsUser, runAsGroup and supplementary groups say who the processes are', () => {
  const { sh } = pod({
    spec: {
      securityContext: { runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000, supplementalGroups: [4000] },
    },
  })
  expect(sh('id')).toBe('uid=1000 gid=3000 groups=2000,3000,4000\n')
  expect(sh('whoami')).toContain('whoami: unknown uid 1000\n')
  expect(sh('grep -E "^(Uid|Gid|Groups|Cap|NoNew|Seccomp)" /proc/self/status')).toBe(
    'Uid:\t1000\t1000\t1000\t1000\nGid:\t3000\t3000\t3000\t3000\nGroups:\t2000 3000 4000 \nCapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nCapBnd:\t00000000a80425fb\nCapAmb:\t0000000000000000\nNoNewPrivs:\t0\nSeccomp:\t0\nSeccomp_filters:\t0\n',
  )
  expect(sh('ps')).toContain('1 1000      0:00 sleep 1000000\n')
  expect(sh('echo $HOME')).toBe('/\n')
  expect(sh('touch /x')).toContain('touch: /x: Permission denied\n')
  expect(sh('echo hi > /etc/x')).toContain("sh: can't create /etc/x: Permission denied\n")
  expect(sh('ls /root')).toContain("ls: can't open '/root': Permission denied\n")
  expect(sh('touch /tmp/x; ls -l /tmp')).toMatch(/^total 0\n-rw-r--r-- {4}1 1000 {5}3000 .* x\n$/)
  expect(
    sh('chown 0 /tmp/x; chmod 600 /etc/hosts; ping -c 1 127.0.0.1; kill -9 1; test -w /etc && echo yes'),
  ).toBe(
    'chown: /tmp/x: Operation not permitted\nchmod: /etc/hosts: Operation not permitted\nping: permission denied (are you root?)\ncommand terminated with exit code 1\n',
  )
})

test('a container without any context runs as the user of its image, with the capabilities of the runtime', () => {
  const { sh } = pod({})
  expect(sh('id; grep -E "^Cap(Eff|Bnd)" /proc/self/status; ls -ld / /tmp /root')).toMatch(
    /^uid=0\(root\) gid=0\(root\) groups=0\(root\)\nCapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\n(.*\n)*drwx------ .* \/root\ndrwxrwxrwt .* \/tmp\n/,
  )
  const curl = pod({ image: 'curlimages/curl:8.14.1' })
  expect(curl.sh('id; pwd')).toBe(
    'uid=100(curl_user) gid=101(curl_group) groups=101(curl_group)\n/home/curl_user\n',
  )
})

test('runAsNonRoot refuses root, also the root of an image, and names that it cannot check', () => {
  const where = String.raw`\(pod: \\"a_default\([0-9a-f-]+\)\\", container: main\)`
  const refused = (options: PodOptions) => reasonOf(pod(options).run)
  expect(refused({ container: { securityContext: { runAsNonRoot: true } } })).toMatch(
    new RegExp(
      `^{"message":"container has runAsNonRoot and image will run as root ${where}","reason":"CreateContainerConfigError"}`,
    ),
  )
  expect(refused({ container: { securityContext: { runAsNonRoot: true, runAsUser: 0 } } })).toMatch(
    new RegExp(`container's runAsUser breaks non-root policy ${where}`),
  )
  const named = { image: 'curlimages/curl:8.14.1', spec: { securityContext: { runAsNonRoot: true } } }
  expect(refused(named)).toMatch(
    new RegExp(
      `container has runAsNonRoot and image has non-numeric user \\(curl_user\\), cannot verify user is non-root ${where}`,
    ),
  )
  const { run, sh } = pod({ spec: { securityContext: { runAsNonRoot: true, runAsUser: 7 } } })
  expect(run('kubectl get pod a --no-headers')).toContain('Running')
  expect(sh('id -u')).toBe('7\n')
  const again = pod({ container: { securityContext: { runAsNonRoot: true } } })
  expect(again.run('kubectl get pod a --no-headers')).toContain('CreateContainerConfigError')
  expect(again.run('kubectl events --for pod/a')).toMatch(
    /Warning +Failed +Pod\/a +Error: container has runAsNonRoot and image will run as root \(pod: "a_default\(/,
  )
})

test('a read-only root file system leaves volumes and the termination message', () => {
  const { sh } = pod({
    spec: { volumes: [{ name: 'v', emptyDir: {} }] },
    container: {
      securityContext: { readOnlyRootFilesystem: true },
      volumeMounts: [{ name: 'v', mountPath: '/data' }],
    },
  })
  expect(
    sh(
      'touch /x; mkdir /tmp/d; echo a > /etc/f; echo in > /data/f; cat /data/f; echo m > /dev/termination-log',
    ),
  ).toBe(
    "in\ntouch: /x: Read-only file system\nmkdir: can't create directory '/tmp/d': Read-only file system\nsh: can't create /etc/f: Read-only file system\n",
  )
  expect(sh('mount | head -1')).toBe('overlay on / type overlay (ro,relatime)\n')
})

test('capabilities are added and dropped; privileged has all of them', () => {
  const effective = (securityContext: object) =>
    pod({ container: { securityContext } }).sh('grep -E "^(CapEff|NoNew|Seccomp:)" /proc/1/status')
  expect(effective({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })).toBe(
    'CapEff:\t0000000000000400\nNoNewPrivs:\t0\nSeccomp:\t0\n',
  )
  expect(
    effective({
      capabilities: { add: ['NET_ADMIN', 'SYS_TIME'] },
      allowPrivilegeEscalation: false,
      seccompProfile: { type: 'RuntimeDefault' },
    }),
  ).toBe('CapEff:\t00000000aa0435fb\nNoNewPrivs:\t1\nSeccomp:\t2\n')
  expect(effective({ privileged: true })).toBe('CapEff:\t000001ffffffffff\nNoNewPrivs:\t0\nSeccomp:\t0\n')
  const { sh } = pod({ container: { securityContext: { capabilities: { drop: ['ALL'] } } } })
  expect(sh('id -u; touch /tmp/a; chown 5 /tmp/a; ping -c 1 127.0.0.1')).toBe(
    '0\nchown: /tmp/a: Operation not permitted\nping: permission denied (are you root?)\ncommand terminated with exit code 1\n',
  )
})

test('fsGroup owns volumes and what is made in them, but not those of the node', () => {
  const { sh, world } = pod({
    spec: {
      securityContext: { runAsUser: 1000, fsGroup: 2000 },
      volumes: [
        { name: 'v', emptyDir: {} },
        { name: 'm', emptyDir: { medium: 'Memory' } },
        { name: 'h', hostPath: { path: '/srv/data' } },
      ],
    },
    container: {
      volumeMounts: ['v', 'm', 'h'].map(name => ({ name, mountPath: `/${name}` })),
    },
  })
  expect(sh('ls -ld /v /m /h; echo a > /v/f; mkdir /v/d; ls -l /v; touch /h/f')).toMatch(
    /^drwxr-xr-x {4}2 root {5}root .* \/h\ndrwxrwsrwt {4}2 root {5}2000 .* \/m\ndrwxrwsrwx {4}2 root {5}2000 .* \/v\ntotal 8\ndrwxr-sr-x {4}2 1000 {5}2000 .* d\n-rw-r--r-- {4}1 1000 {5}2000 .* f\ntouch: \/h\/f: Permission denied\n/,
  )
  world.run('ssh k8s-node1 chown 1000 /srv/data')
  expect(sh('touch /h/f && ls -l /h')).toMatch(/1000 {5}root .* f\n/)
})

test('a pod may share its process namespace, or see its node', () => {
  const two = {
    containers: [
      { name: 'main', image: 'busybox:1.36', command: ['sleep', '11'] },
      { name: 'other', image: 'busybox:1.36', command: ['sleep', '22'] },
    ],
  }
  const shared = pod({ spec: { ...two, shareProcessNamespace: true } })
  expect(shared.sh('ps')).toMatch(
    / 1 65535 +0:00 \/pause\n +\d+ root +0:00 sleep 11\n +\d+ root +0:00 sleep 22\n/,
  )
  expect(pod({ spec: two }).sh('ps')).not.toContain('22')
  const apart = pod({ spec: two })
  apart.run('kubectl debug a -c look --image=busybox:1.36 --target=other --attach=false -- sleep 33')
  apart.world.advance(3000)
  expect(apart.sh('ps')).not.toContain('33')
  expect(apart.run('kubectl exec a -c other -- ps')).toMatch(
    / 1 root +0:00 sleep 22\n +\d+ root +0:00 sleep 33\n/,
  )
  const host = pod({ spec: { hostPID: true } })
  expect(host.sh('ps')).toMatch(/ 1 root .* \/sbin\/init\n(.*\n)* 1015 root .* \/usr\/bin\/kubelet/)
  expect(host.sh('ls /proc | grep -c "^[0-9]"')).toMatch(/^\d+\n$/)
})

test('kernel settings of a pod are its own or refused, and the node runs Linux', () => {
  const refused = (spec: object) =>
    pod({ spec }).run("kubectl get pod a -o jsonpath='{.status.reason}: {.status.message}'")
  expect(refused({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] } })).toBe(
    'SysctlForbidden: forbidden sysctl: "kernel.msgmax" not allowlisted',
  )
  expect(refused({ os: { name: 'windows' } })).toContain(
    "PodOSNotSupported: Pod was rejected: Failed to admit pod as the OS field doesn't match node OS",
  )
  const server = (sysctls: object[]) =>
    pod({
      spec: { securityContext: { runAsUser: 1000, sysctls } },
      container: { command: ['nc', '-l', '-p', '80'] },
    }).run('kubectl get pod a --no-headers')
  expect(server([])).not.toContain('Running')
  expect(server([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }])).toContain('Running')
})
