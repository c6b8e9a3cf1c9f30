import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const begun = () => {
  const world = new World({ seed: 1 })
  return (line: string) => world.run(line)
}

test('files in /dev/shm are memory: past the limit the kernel kills who writes, not its parent', () => {
  const run = begun()
  run('docker pull -q busybox:1.36')
  const limited = run(
    'docker run -m 9m --rm busybox:1.36 sh -c "dd if=/dev/zero of=/dev/shm/x bs=1M count=32; echo status \\$?; rm /dev/shm/x; dd if=/dev/zero of=/dev/shm/y bs=1M count=2"',
  )
  expect(limited.stdout).toBe('status 137\n')
  expect(limited.stderr).toMatch(
    /^Killed\n2\+0 records in\n2\+0 records out\n2097152 bytes \(2\.0MB\) copied, /,
  )
  expect(limited.exit).toBe(0)
  expect(run('docker run --rm -m 9m busybox:1.36 dd if=/dev/zero of=/dev/shm/x bs=1M count=32').exit).toBe(
    137,
  )
})

test('/dev/shm holds 64 MB or --shm-size, --tmpfs its size', () => {
  const run = begun()
  run('docker pull -q busybox:1.36')
  const filled = (flags: string, at: string) =>
    run(
      `docker run --rm ${flags} busybox:1.36 sh -c "dd if=/dev/zero of=${at}/x bs=1M count=100 2>&1; df ${at} | tail -n 1"`,
    ).stdout
  expect(filled('', '/dev/shm')).toMatch(/No space left on device\n65\+0 records in\n64\+0 records out\n/)
  expect(filled('--shm-size 4m', '/dev/shm')).toMatch(/\n4\+0 records out\n.*\nshm +4096 +4096 +0 100% /)
  expect(filled('--tmpfs /t:size=2m', '/t')).toMatch(/\n2\+0 records out\n.*\ntmpfs +2048 +2048 +0 100% /)
  expect(filled('--mount type=tmpfs,dst=/t,tmpfs-size=3m', '/t')).toMatch(/\n3\+0 records out\n/)
})

test("a Go program's threads take process numbers too", () => {
  const run = begun()
  run('docker run -d --name hello leigg/hellok8s:v1')
  run('docker run -d --name idle busybox:1.36 sleep 1000')
  expect(run('docker run --rm --pid container:hello busybox:1.36 ps').stdout).toMatch(
    /\n +10 root +0:00 ps\n/,
  )
  expect(run('docker exec idle ps').stdout).toMatch(/\n +8 root +0:00 ps\n/)
})
