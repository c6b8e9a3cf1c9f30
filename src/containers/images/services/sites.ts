// Web sites, servers of pages and proxies.
import { page, type Service, site } from './service-data.ts'

export const sites: Readonly<Record<string, Service>> = {
  wordpress: {
    ports: [80],
    log: [
      'WordPress not found in /var/www/html - copying now...',
      'Complete! WordPress has been successfully copied to /var/www/html',
      "AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using {p}. Set the 'ServerName' directive globally to suppress this message",
      'Apache/2.4.62 (Debian) PHP/8.2.27 configured -- resuming normal operations',
    ],
    data: { path: '/var/www/html/index.php', text: '<?php\n/* WordPress */\n' },
    http: {
      '/wp-admin/install.php': [200, page('WordPress &rsaquo; Installation', 'Welcome'), 'text/html'],
      '*': [302, '', 'text/html'],
    },
    bootMs: 1500,
  },
  ghost: {
    ports: [2368],
    log: [
      '[{d}] INFO Ghost is running in production...',
      '[{d}] INFO Listening on: :::2368',
      '[{d}] INFO Ghost boot 2.412s',
    ],
    http: site('Ghost'),
    bootMs: 2400,
  },
  nextcloud: {
    ports: [80],
    log: ['Initializing nextcloud {v} ...', 'New nextcloud instance', 'Initializing finished'],
    http: site('Nextcloud'),
  },
  drupal: { ports: [80], http: site('Drupal') },
  joomla: { ports: [80], http: site('Joomla!') },
  mediawiki: { ports: [80], http: site('MediaWiki') },
  phpmyadmin: { ports: [80], http: site('phpMyAdmin') },
  adminer: {
    ports: [8080],
    log: ['[{d}] PHP 8.3 Development Server (http://[::]:8080) started'],
    http: site('Adminer'),
  },
  'mongo-express': {
    ports: [8081],
    log: [
      'Welcome to mongo-express',
      '------------------------',
      'Mongo Express server listening at http://0.0.0.0:8081',
    ],
    http: site('Mongo Express'),
  },
  matomo: { ports: [80], http: site('Matomo') },
  redmine: { ports: [3000], http: site('Redmine'), bootMs: 3000 },
  odoo: { ports: [8069], http: site('Odoo'), bootMs: 3000 },
  tomcat: {
    ports: [8080],
    log: [
      'INFO [main] org.apache.catalina.startup.VersionLoggerListener.log Server version name:   Apache Tomcat/{v}',
      'INFO [main] org.apache.coyote.AbstractProtocol.start Starting ProtocolHandler ["http-nio-8080"]',
      'INFO [main] org.apache.catalina.startup.Catalina.start Server startup in [621] milliseconds',
    ],
    http: {
      '*': [
        404,
        '<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1></body></html>',
        'text/html',
      ],
    },
    exit: 143,
    bootMs: 1200,
    version: '10.1.34',
  },
  jetty: {
    ports: [8080],
    log: ['INFO :oejs.Server:main: Started Server{STARTING}[{v}] @1234ms'],
    http: site('Jetty'),
    exit: 143,
  },
  haproxy: {
    ports: [],
    log: ['[NOTICE]   (1) : New worker (8) forked', '[NOTICE]   (1) : Loading success.'],
    configuration: {
      path: '/usr/local/etc/haproxy/haproxy.cfg',
      missing:
        '[ALERT]    (1) : config : Cannot open configuration file/directory /usr/local/etc/haproxy/haproxy.cfg : No such file or directory',
      port: /bind\s+\S*:(\d+)/g,
    },
    http: {
      '*': [
        503,
        '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n',
        'text/html',
      ],
    },
    version: '3.2.0',
  },
  traefik: {
    ports: [80, 8080],
    log: [
      '{t} INF Traefik version {v} built on 2026-01-01T00:00:00Z version={v}',
      '{t} INF Starting provider aggregator *aggregator.ProviderAggregator',
    ],
    http: { '/ping': 'OK', '*': [404, '404 page not found\n'] },
    version: '3.5.0',
    bare: true,
  },
  envoy: { ports: [9901], log: [], http: { '/ready': 'LIVE\n', '*': 'LIVE\n' } },
  openresty: { ports: [80], http: site('Welcome to OpenResty!') },
  caddy: {
    ports: [80],
    log: [
      '{"level":"info","msg":"using provided configuration","config_file":"/etc/caddy/Caddyfile"}',
      '{"level":"info","msg":"serving initial configuration"}',
    ],
    http: site('Caddy works!'),
  },
  varnish: {
    ports: [80],
    log: ['Debug: Version: varnish-{v}', 'Info: Child (17) said Child starts'],
    http: { '*': [503, 'Backend fetch failed\n'] },
  },
  kong: {
    ports: [8000, 8001],
    http: { '*': [404, '{"message":"no Route matched with those values"}\n', 'application/json'] },
  },
}
