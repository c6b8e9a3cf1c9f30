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
  const [pod] = JSON.parse(on('crictl statsp -o json --label run=web')).stats
  expect(pod.attributes.metadata).toMatchObject({ name: 'web', namespace: 'default' })
  expect(Number(pod.linux.memory.workingSetBytes.value)).toBeGreaterThan(1e6)
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
  expect(on('crictl config --get nope')).toContain('msg="no configuration option named nope"')
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

test('config changes an option and leaves the rest of the file; what it says of the runtime is heeded', () => {
  const { on } = node()
  on('echo "# ours" >>/etc/crictl.yaml')
  expect(on('crictl config debug maybe')).toMatch(
    /level=info msg="No --get, --set or --list provided, setting key \\"debug\\" to value \\"maybe\\""\n.*msg="set \\"debug\\" to \\"maybe\\": parse debug value 'maybe': strconv.ParseBool: parsing \\"maybe\\": invalid syntax"/,
  )
  expect(on('crictl config --set timeout=1=2')).toContain('msg="incorrectly specified option: timeout=1=2"')
  on('crictl config --set timeout=7,image-endpoint=unix:///run/no.sock')
  expect(on('cat /etc/crictl.yaml')).toMatch(/\ntimeout: 7\n[\s\S]*# ours\n/)
  expect(on('crictl config --list')).toMatch(/^KEY +VALUE\n[\s\S]*\ntimeout +7\n/)
  expect(on('crictl images')).toMatch(
    /level=fatal msg="validate service connection: validate CRI v1 image API for endpoint \\"unix:\/\/\/run\/no.sock\\"/,
  )
  expect(on('crictl -i /run/containerd/containerd.sock images -q')).toMatch(/^sha256:/)
  expect(on('IMAGE_SERVICE_ENDPOINT=unix:///run/containerd/containerd.sock crictl images -q')).toMatch(
    /^sha256:/,
  )
  expect(on('crictl -c /nope.yaml pods')).toMatch(
    /trying next: \\"\/usr\/local\/bin\/crictl.yaml\\""\n.*level=fatal msg="load config file: stat \/usr\/local\/bin\/crictl.yaml: no such file or directory"\n$/,
  )
  on('rm /etc/crictl.yaml; crictl config runtime-endpoint unix:///run/nope.sock')
  expect(on('crictl pods')).toContain('runtime API for endpoint \\"unix:///run/nope.sock\\"')
})

test('exec in all containers that its flags choose; --sync waits for both streams; a terminal needs one', () => {
  const { world, on } = node()
  world.run('kubectl run box --image=busybox:1.36 -- sleep 1000')
  world.advance(3000)
  const [box] = on('crictl ps -q --name box').split('\n')
  expect(on('crictl exec --name ^box$ hostname')).toBe(`${box}:\nbox\n`)
  expect(on('crictl exec -q --label io.kubernetes.pod.name=box hostname')).toBe('box\n')
  expect(on(`crictl exec -s ${box} hostname`)).toBe('box\n\n\n')
  expect(on(`crictl exec ${box} sh -c "exit 3"`)).toContain(
    `msg="execing command in container ${box}: command terminated with exit code 3"`,
  )
  expect(on(`crictl exec -e -q ${box} sh -c "exit 3"`)).toBe('')
  expect(on(`crictl exec -t ${box} sh`)).toContain('tty=true must be specified with interactive=true')
  expect(on(`crictl exec -it ${box} sh`)).toContain('input is not a terminal')
  expect(on(`echo hi | crictl exec ${box} cat`)).toBe('')
  expect(on(`echo hi | crictl exec -i ${box} cat`)).toBe('hi\n')
  expect(on('crictl exec --name nope true')).toContain(
    'level=error msg="No containers found per filter flags"',
  )
})

test('logs keep the two streams apart; several removals go on after one that fails', () => {
  const { world, on } = node()
  world.run('kubectl run both --image=busybox:1.36 --restart=Never -- sh -c "echo out; echo err >&2"')
  world.advance(5000)
  const both = '$(crictl ps -aq --name both)'
  expect(on(`crictl logs ${both} 2>/dev/null`)).toBe('out\n')
  expect(on(`crictl logs -s stderr ${both}`)).toBe('err\n')
  expect(on(`crictl logs --limit-bytes 5 ${both}`)).toBe('out\ne')
  expect(on(`crictl logs -s stdin ${both}`)).toContain('invalid stream')
  expect(on(`crictl logs -s stdout --tail 1 ${both}`)).toContain('--tail and --stream are mutually exclusive')
  expect(on(`crictl logs -p ${both}`)).toContain('msg="previous terminated container both not found"')
  const said = on('crictl rm nope $(crictl ps -aq --name "^(both|once)$")')
  expect(said.match(/^[0-9a-f]{64}$/gm)).toHaveLength(2)
  expect(said).toMatch(/level=fatal msg="getting container status \\"nope\\": rpc error: code = NotFound/)
})

test('images are chosen by name, before and after; a pull logs in with --auth', () => {
  const { on } = node()
  const names = (flags: string) => on(`crictl images ${flags} | tail -n +2`).match(/^\S+/gm)
  expect(names('-f reference=hellok8s')).toEqual(['docker.io/leigg/hellok8s'])
  const [first, second, ...others] = names('')!
  expect(names('-f before=$(crictl images -q | head -2 | tail -1)')).toEqual(others)
  expect(names('-f since=$(crictl images -q | head -2 | tail -1)')).toEqual([first])
  expect(second).toBeTruthy()
  expect(names('-f dangling=true')).toBe(null)
  expect(on('crictl images -f "reference=("')).toContain('error parsing regexp')
  expect(on('crictl images -f size=1')).toContain(
    'msg="listing images: filter images: unknown filter flag: size=1"',
  )
  expect(JSON.parse(on('crictl inspecti -q -f reference=hellok8s')).status.repoTags).toEqual([
    'docker.io/leigg/hellok8s:v1',
  ])
  expect(on('crictl pull --creds a:b --auth YTpi busybox:1.36')).toContain(
    'both `--creds` and `--auth` are specified',
  )
})
