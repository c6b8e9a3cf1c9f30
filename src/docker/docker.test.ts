import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'
import { loadForeseen } from '../parts/load.ts'
import { withoutEffect as runWithoutEffect } from './containers/run-flags.ts'
import { dockerHelpParts, dockerParts, groups, otherNames } from './loaders.ts'

const onMaster = (world: World, line: string) => world.run(`ssh k8s-master '${line}'`)

test('docker is on the workstation and on the control plane, and nowhere else', () => {
  const world = new World({ seed: 1 })
  expect(world.run('docker --version').stdout).toBe('Docker version 28.2.2, build e6534b4\n')
  expect(onMaster(world, 'docker images').stdout).toBe('REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n')
  expect(world.run('ssh k8s-node1 docker ps').stderr).toContain('docker: command not found')
})

test('words that docker does not know, and flags', () => {
  const world = new World({ seed: 1 })
  expect(world.run('docker nothere')).toEqual({
    stdout: '',
    stderr: "docker: unknown command: docker nothere\n\nRun 'docker --help' for more information\n",
    exit: 1,
  })
  expect(world.run('docker images a b').stderr).toContain(
    "docker: 'docker images' requires at most 1 argument",
  )
  expect(world.run('docker image ls --nope')).toMatchObject({
    exit: 125,
    stderr: expect.stringContaining('Usage:  docker image ls [OPTIONS] [REPOSITORY[:TAG]]'),
  })
})

test('what docker has and the simulator has not is said plainly; every command has its help', () => {
  const world = new World({ seed: 1 })
  for (const line of [
    'swarm',
    'swarm init',
    'plugin ls',
    'manifest inspect x',
    'context create x',
    'buildx create',
    'bake',
  ])
    expect(world.run(`docker ${line}`).stderr).toMatch(
      /^docker: the command '[\w ]+' is not part of this simulator\n$/,
    )
  for (const name of [...dockerParts.names, ...Object.keys(otherNames), ...groups]) {
    const { stdout, exit } = world.run(`docker ${name} --help`)
    expect({ name, exit, told: stdout.includes('Usage:  docker') }).toEqual({ name, exit: 0, told: true })
    expect(stdout).not.toContain('undefined')
  }
  expect(world.run('docker network ls --help').stdout).toContain(
    'Aliases:\n  docker network ls, docker network list\n',
  )
})

test('a daemon that was stopped is not reached; who is in no group docker may not speak to it', () => {
  const world = new World({ seed: 1 })
  const { files } = world.cluster.kubelets.get('k8s-master')!
  files.write('/etc/passwd', `${files.read('/etc/passwd')}ann:x:1000:1000::/home/ann:/bin/bash\n`)
  expect(onMaster(world, 'sudo -u ann docker images').stderr).toMatch(/^permission denied while trying/)
  files.write('/etc/group', `${files.read('/etc/group')}docker:x:998:ann\n`)
  expect(onMaster(world, 'sudo -u ann docker images').exit).toBe(0)
  onMaster(world, 'systemctl stop docker')
  expect(world.run('docker images')).toMatchObject({
    exit: 1,
    stderr:
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
  })
  onMaster(world, 'systemctl start docker')
  expect(world.run('docker images').exit).toBe(0)
  const elsewhere =
    'Cannot connect to the Docker daemon at tcp://10.0.0.1:2375. Is the docker daemon running?\n'
  expect(world.run('docker -H tcp://10.0.0.1:2375 images').stderr).toBe(elsewhere)
  expect(world.run('DOCKER_HOST=tcp://10.0.0.1:2375 docker images').stderr).toBe(elsewhere)
  expect(world.run('docker -H unix:///var/run/docker.sock images').exit).toBe(0)
})

test('the words of a line with docker bring the command that they name, and no others', async () => {
  dockerParts.clear()
  dockerHelpParts.clear()
  await loadForeseen('kubectl version')
  expect(dockerParts.isLoaded('version')).toBe(false)
  await loadForeseen('docker image ls')
  expect(dockerParts.isLoaded('image ls')).toBe(true)
  expect(dockerParts.isLoaded('version')).toBe(false)
  const { loadAll } = await import('../parts/load.ts')
  await loadAll()
})

test('info tells of mirrors and insecure registries as the daemon was told of them', () => {
  const world = new World({ seed: 1 })
  const settings =
    '{"registry-mirrors":["https://mirror.example.com"],"insecure-registries":["old:5000","10.9.0.0/16"]}'
  onMaster(
    world,
    `echo "${settings.replaceAll('"', '\\"')}" >/etc/docker/daemon.json; systemctl restart docker`,
  )
  const field = (path: string) =>
    JSON.parse(onMaster(world, `docker info -f "{{json .RegistryConfig${path}}}"`).stdout)
  expect(field('.Mirrors')).toEqual(['https://mirror.example.com/'])
  expect(field('.InsecureRegistryCIDRs')).toEqual(['10.9.0.0/16', '::1/128', '127.0.0.0/8'])
  expect(field('.IndexConfigs')['old:5000']).toEqual({
    Name: 'old:5000',
    Mirrors: [],
    Secure: false,
    Official: false,
  })
  expect(onMaster(world, 'docker info').stdout).toContain(
    ' Insecure Registries:\n  old:5000\n  10.9.0.0/16\n  ::1/128\n  127.0.0.0/8\n Registry Mirrors:\n  https://mirror.example.com/\n',
  )
})

test('a flag that docker heeds and the simulator does not is told of, once, and the command goes on', () => {
  const world = new World({ seed: 1 })
  const made = world.run('docker network create --ipv6 --attachable shop')
  expect(made.stderr).toBe(
    'WARNING: --attachable has no effect in this simulator\nWARNING: --ipv6 has no effect in this simulator\n',
  )
  expect(made.exit).toBe(0)
  expect(world.run('docker --tls version').stderr).toBe('WARNING: --tls has no effect in this simulator\n')
  expect(world.run('docker create --volumes-from x nginx:1.26').stderr).toMatch(
    /WARNING: --volumes-from has no effect in this simulator\n$/,
  )
  expect(world.run('docker volume create --driver local data').stderr).toBe('')
})

test('every flag of every command acts or is listed as without effect', () => {
  const sources = globSync('src/docker/{build,commands,containers,daemon,images,networks,volumes}/**/*.ts')
    .filter(path => !path.endsWith('.test.ts'))
    .map(path => readFileSync(path, 'utf8'))
    .join('\n')
  const asked = new Set([...sources.matchAll(/'([a-z][\w-]*)'/g)].map(([, name]) => name))
  // What docker itself does without them.
  const usual = ['disable-content-trust', 'help', 'load', 'rm']
  const unheard = dockerParts.names.flatMap(part => {
    const { flags, withoutEffect = '' } = dockerParts.get(part)
    const listed = [...withoutEffect.split(' '), ...runWithoutEffect, ...usual]
    return flags
      .split(/\s+/)
      .flatMap(spec => /^[\w-]+/.exec(spec)?.[0] ?? [])
      .filter(name => !asked.has(name) && !listed.includes(name))
      .map(name => `${part} --${name}`)
  })
  expect(unheard).toEqual([])
})

test('buildx tells of its one builder and of the cache of builds, and frees it', () => {
  const world = new World({ seed: 1, files: { Dockerfile: 'FROM busybox:1.36\nRUN echo hi >/hi\n' } })
  expect(world.run('docker buildx ls').stdout).toMatch(
    /^NAME\/NODE +DRIVER\/ENDPOINT +STATUS +BUILDKIT +PLATFORMS\ndefault\* +docker *\n \\_ default +\\_ default +running +v\d\S+ +linux\/amd64/,
  )
  expect(world.run('docker buildx ls --format {{.Name}}').stdout).toBe('default\ndefault\n')
  expect(world.run('docker buildx inspect').stdout).toContain(
    'Driver: docker\n\nNodes:\nName:             default\n',
  )
  expect(world.run('docker buildx inspect own').stderr).toBe('ERROR: no builder "own" found\n')
  expect(world.run('docker buildx du').stdout).toMatch(
    /^ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED\nReclaimable:\t0B\nTotal:\t\t0B\n$/,
  )
  world.run('docker build -t own .')
  expect(world.run('docker buildx du').stdout).toMatch(
    /\n\w{25} +\ttrue +\t+[\d.]+\w+\*? +\t.* ago\n[\s\S]*Shared:\t\t[\d.]+\w+\nPrivate:\t[\d.]+\w+\nReclaimable:\t[\d.]+\w+\nTotal:\t\t[\d.]+\w+\n$/,
  )
  world.run('docker buildx prune -af')
  expect(world.run('docker buildx du').stdout).toContain('Total:\t\t0B\n')
  expect(world.run('docker buildx create').stderr).toContain("'buildx' is not part of this simulator")
})
