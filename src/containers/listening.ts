// A program needs time from its start until it listens: until then a connection to its port is refused, as one to a port that
// nobody ever opens. That is why a first look of a probe, or a request just after `docker run -d`, may fail.
import type { Process } from '../engine/process.ts'
import { type Deciles, Random } from '../engine/random.ts'
import { sleep, type Task } from '../engine/task.ts'

/**
 * ms from the start of a process to its open port, at 5 %, 15 % … 95 %: real servers that `npm run latencies -- --listening`
 * started on a machine with two cores, which did other things too. The recorded cluster's programs were stand-ins, and its
 * recordings hold six first looks of a probe at a Go server: five were answered, one refused
 * (timelines/service-and-endpoints, 13-statefulset-parallel, 13-statefulset-update).
 */
const listeningAfter = {
  /** net/http of Go 1.26. 60 starts. */
  go: [3.1, 3.7, 4.3, 4.9, 5.5, 6, 7.2, 8.5, 11.8, 20],
  /** nginx 1.22. 60 starts. Left out: the scripts of the image's entrypoint. */
  nginx: [4.8, 6, 6.9, 7.8, 8.1, 9.1, 10.3, 11.6, 19.6, 75],
  /** Apache 2.4. 60 starts. */
  httpd: [6.2, 6.8, 7.9, 8.4, 9.1, 10.1, 11.7, 13, 32.2, 166.1],
  /** Redis 7.0. 60 starts. */
  redis: [9.8, 11.4, 12.3, 13.5, 15.2, 17, 18.9, 20.9, 28.6, 61.6],
  /** memcached 1.6. 60 starts. */
  memcached: [5.1, 6.3, 7.7, 9.1, 10.5, 11.6, 12.9, 15.9, 19.4, 51.1],
  /** httpd of busybox 1.35. 60 starts. */
  busybox: [3.7, 4.9, 6.8, 8, 10.1, 11.3, 13, 13.6, 15.1, 17.9],
  /** `python3 -m http.server` of Python 3.11. 40 starts. */
  python: [127.3, 160.2, 177.4, 195.4, 214.5, 232.5, 246.9, 259.2, 296.1, 332.5],
  /** node:http of Node.js 20. 40 starts. */
  node: [56.6, 74.8, 88.7, 97.9, 100.5, 106.2, 119.2, 129.6, 158.6, 188.3],
  /** com.sun.net.httpserver of OpenJDK 17. 30 starts. */
  java: [120.9, 136.5, 149.7, 163.6, 171, 176.7, 180, 222.8, 259.8, 312.8],
  /** PostgreSQL 15 whose data directory is there. 15 starts. */
  postgres: [33.5, 37.5, 41.8, 46.7, 49.6, 55.1, 60.4, 68.9, 80.6, 140.1],
  /** The same with `initdb` before it. 15 starts. */
  postgresFirst: [1081.7, 1578.9, 1638.6, 1664.8, 1956.2, 2305.9, 2817.2, 2999.9, 3328.6, 4587.7],
  /** MariaDB 10.11 whose data directory is there. 15 starts. */
  mariadb: [94, 95.9, 97.6, 98.4, 105.8, 107.1, 116.9, 118.2, 120.5, 131.9],
  /** The same with `mariadb-install-db` before it. 10 starts. */
  mariadbFirst: [790.6, 796.3, 810.4, 838.6, 842.7, 843.9, 847.1, 869.3, 999.4, 1115.9],
} as const satisfies Record<string, Deciles>

/** A stream of its own: when a program listens shall not shift what else happens by chance. */
const chance = ({ engine, hostname, pid, argv }: Process): Random =>
  new Random(engine.seed).fork(`start of ${hostname} ${pid} ${argv[0]} ${engine.now}`)

/** What a server does from its start until it listens. */
export function* startUp(process: Process, server: keyof typeof listeningAfter): Task {
  yield* sleep(chance(process).draw(listeningAfter[server]))
}

const middle = (deciles: Deciles): number => (deciles[4]! + deciles[5]!) / 2

/**
 * The same, of a server that nobody measured and that is known to take about `ms`: how much one start differs from another is
 * that of Java's.
 */
export function* startUpAbout(process: Process, ms: number): Task {
  yield* sleep((ms * chance(process).draw(listeningAfter.java)) / middle(listeningAfter.java))
}
