// mysql, mariadb and postgres: server, client, and the directory that a volume is mounted on.
import { mysqladmin, mysqlClient, mysqlData, mysqld } from '../programs/sql/mysql.ts'
import { pgIsReady, postgresData, postgresServer, psql } from '../programs/sql/postgres.ts'
import { baseOf } from './bases.ts'
import type { Executable, ImageMaker } from './image.ts'
import { script } from './script.ts'

/** A release is shown with its patch: `8.0` is 8.0.44 here, `9` is 9.5.0. */
const patched = (version: string, patches: Readonly<Record<string, string>>): string =>
  patches[version] ?? version

export const mysql: ImageMaker = wanted => {
  const isMaria = wanted.repository.includes('mariadb')
  const version = isMaria
    ? patched(wanted.version || '11.8', {
        '10.6': '10.6.23',
        '10.11': '10.11.14',
        '11.4': '11.4.8',
        '11.8': '11.8.3',
      })
    : patched(wanted.version || '9.5', { '5.7': '5.7.44', '8.0': '8.0.44', '8.4': '8.4.7', '9.5': '9.5.0' })
  const client: Executable = { run: mysqlClient(version) }
  const server: Executable = {
    run: mysqld(isMaria ? `${version}-MariaDB` : version, isMaria ? 'MARIADB' : 'MYSQL'),
    handlesSignals: true,
  }
  return {
    ...baseOf(wanted),
    programs: {
      '/usr/sbin/mysqld': server,
      '/usr/bin/mysql': client,
      '/usr/bin/mysqladmin': { run: mysqladmin },
      ...(isMaria && {
        '/usr/sbin/mariadbd': server,
        '/usr/bin/mariadb': client,
        '/usr/bin/mariadb-admin': { run: mysqladmin },
      }),
      '/usr/local/bin/docker-entrypoint.sh': script({ server: 'mysqld' }),
    },
    entrypoint: ['docker-entrypoint.sh'],
    cmd: [isMaria ? 'mariadbd' : 'mysqld'],
    env: { [isMaria ? 'MARIADB_VERSION' : 'MYSQL_VERSION']: version },
    ports: [3306],
    directories: [mysqlData],
  }
}

export const postgres: ImageMaker = wanted => {
  const version = patched(wanted.version || '18', {
    13: '13.22',
    14: '14.19',
    15: '15.14',
    16: '16.10',
    17: '17.6',
    18: '18.0',
  })
  return {
    ...baseOf(wanted),
    programs: {
      '/usr/local/bin/postgres': { run: postgresServer(version), handlesSignals: true },
      '/usr/local/bin/psql': { run: psql(version) },
      '/usr/local/bin/pg_isready': { run: pgIsReady },
      '/usr/local/bin/docker-entrypoint.sh': script({ server: 'postgres' }),
    },
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['postgres'],
    env: { PG_MAJOR: version.split('.')[0]!, PG_VERSION: version, PGDATA: postgresData },
    ports: [5432],
    directories: [postgresData],
  }
}
