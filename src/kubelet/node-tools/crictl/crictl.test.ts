// Words and flags of crictl: cri-tools 1.36, cmd/crictl.
import { expect, test } from 'vitest'
import { World } from '../../../lesson/world.ts'

function node() {
  const world = new World({ seed: 1 })
  world.run(
    'kubectl run web --image=leigg/hellok8s:v1; kubectl run once --image=busybox:1.36 --restart=Never -- sh -c "echo one; echo two; exit 3"',
  )
  world.advance(8000)
  const on = (line: string) => {
    const { stdout, stderr } = world.run(`ssh k8s-node1 '${line}'`)
    return stdout + stderr
  }
  return { world, on }
}

test('ps and pods choose by state, pod, image, label and number; -o json has what is empty too', () => {
  const { on } = node()
  const names = (flags: string) =>
    on(`crictl ps ${flags} | tail -n +2`).match(/(web|once|kube-proxy)(?= {2,}\d)/g)
  expect(names('-a --name "^(web|once)$"')?.sort()).toEqual(['once', 'web'])
  expect(names('--state exited')).toEqual(['once'])
  expect(names('-a --image busybox:1.36')).toEqual(['once'])
  expect(names('--label io.kubernetes.pod.name=web')).toEqual(['web'])
  expect(names('--namespace kube-system --name kube-proxy')).toEqual(['kube-proxy'])
  expect(names('--pod $(crictl pods -q --name web)')).toEqual(['web'])
  expect(names('-n 1')).toHaveLength(1)
  expect(on('crictl ps --state dead')).toMatch(
    /^\d{4}\/\d\d\/\d\d .* --state should be one of created, running, exited or unknown\n$/,
  )
  const [first] = JSON.parse(on('crictl ps --name web -o json')).containers
  expect(first).toMatchObject({ metadata: { name: 'web', attempt: 0 }, state: 'CONTAINER_RUNNING' })
  expect(first.image).toEqual({
    image: first.imageRef,
    annotations: {},
    userSpecifiedImage: '',
    runtimeHandler: '',
  })
  expect(on('crictl ps -o wide')).toContain('msg="listing containers: unsupported output format \\"wide\\""')
  expect(on('crictl ps -q --no-trunc --name web').trim()).toMatch(/^[0-9a-f]{64}$/)
})

test('inspect, inspectp and inspecti tell of state, addresses and configuration; of what is not there, and how', () => {
  const { on } = node()
  const web = JSON.parse(on('crictl inspect $(crictl ps -q --name web)'))
  expect(Object.keys(web)).toEqual(['info', 'status'])
  expect(web.status).toMatchObject({
    state: 'CONTAINER_RUNNING',
    finishedAt: '0001-01-01T00:00:00Z',
    exitCode: 0,
  })
  expect(web.info.runtimeSpec.process.args).toEqual(['/app/main'])
  expect(on('crictl inspect -o go-template --template {{.info.pid}} $(crictl ps -q --name web)')).toBe(
    `${web.info.pid}\n`,
  )
  expect(on(`ps -p ${web.info.pid} -o args=`)).toBe('/app/main\n')
  expect(on('crictl inspect -o table $(crictl ps -aq --name once)')).toContain('State: CONTAINER_EXITED\n')
  expect(JSON.parse(on('crictl inspectp --name web')).status.network.ip).toMatch(/^20\.2\./)
  expect(JSON.parse(on('crictl inspecti -q leigg/hellok8s:v1')).status.repoTags).toEqual([
    'docker.io/leigg/hellok8s:v1',
  ])
  expect(on('crictl inspecti nope')).toContain('msg="no such image \\"nope\\" present"')
  expect(on('crictl inspect nope')).toMatch(
    /^E1123 [\d:.]+ +\d+ log.go:32\] "ContainerStatus from runtime service failed" err=.*\ntime=.* level=fatal msg="get the status of containers: get container status: rpc error: code = NotFound/,
  )
})

test('logs by line and stream of time, exec with its exit code, stats and statsp', () => {
  const { on } = node()
  const once = '$(crictl ps -aq --name once)'
  expect(on(`crictl logs --tail=1 ${once}`)).toBe('two\n')
  expect(on(`crictl logs -t ${once}`)).toMatch(/^\d{4}-\d\d-\d\dT\S+Z one\n\S+Z two\n$/)
  expect(on(`crictl logs ${once} --tail 1`)).toContain(
    'USAGE:\n   crictl logs [command options] CONTAINER-ID',
  )
  expect(on(`crictl exec ${once} ls`)).toContain('container is in CONTAINER_EXITED state')
  expect(on('crictl stats --id $(crictl ps -q --name web)')).toMatch(
    /^CONTAINER +NAME +CPU % +MEM +DISK +INODES +SWAP\n[0-9a-f]{13} +web +\d+\.\d\d +[\d.]+MB +[\d.]+kB +11 +0B\n$/,
  )
  expect(on('crictl statsp')).toMatch(/\nweb +[0-9a-f]{13} +\d+\.\d\d +[\d.]+MB\n/)
})

test('rm takes what has ended, stop ends what the kubelet then starts anew, rmi --prune what nobody uses', () => {
  const { world, on } = node()
  expect(on('crictl rm $(crictl ps -q --name web)')).toMatch(
    /msg="container \\"[0-9a-f]+\\" is running, please stop it first"/,
  )
  expect(on('crictl rm $(crictl ps -aq --name once); crictl ps -aq --name once')).toMatch(/^[0-9a-f]{64}\n$/)
  expect(on('crictl stop')).toContain('you must specify at least one CONTAINER-ID or use --all')
  expect(on('crictl rmp $(crictl pods -q --name web)')).toMatch(
    /msg="pod sandbox \\"[0-9a-f]{64}\\" is running, please stop it first"/,
  )
  expect(on('crictl stop $(crictl ps -q --name web)')).toMatch(/^[0-9a-f]{64}\n$/)
  world.advance(20_000)
  expect(on('crictl ps --name web')).toMatch(/Running +web +1 /)
  expect(on('crictl rmi --prune')).toBe('Deleted: docker.io/library/busybox:1.36\n')
})

test('config keeps options in /etc/crictl.yaml; help and wrong flags are those of the client', () => {
  const { on } = node()
  expect(on('crictl config --set timeout=5; crictl config --get timeout')).toBe('5\n')
  expect(on('crictl config --get nope')).toContain('msg="no configuration option named \\"nope\\""')
  expect(on('crictl stop --help')).toMatch(
    /^NAME:\n {3}crictl stop - Stop one or more running containers\n\nUSAGE:\n {3}crictl stop \[command options\] CONTAINER-ID \[CONTAINER-ID...\]\n\nOPTIONS:\n {3}--all, -a {18}Stop all/,
  )
  expect(on('crictl pods --foo')).toMatch(
    /^Incorrect Usage: flag provided but not defined: -foo\n\nNAME:[\s\S]*level=fatal msg="flag provided but not defined: -foo"\n$/,
  )
  expect(on('crictl --version')).toBe('crictl version v1.36.0\n')
  expect(on('crictl -D version')).toMatch(
    /RuntimeName: {2}containerd\n[\s\S]*WARNING: --debug has no effect in this simulator\n$/,
  )
})
