// The workstation's tools, one file each (the smallest share one).
import type { Tool } from '../command.ts'
import { awk } from './awk.ts'
import { cat, pagers } from './cat.ts'
import { checksums } from './checksum.ts'
import { curl } from './curl.ts'
import { cut, tr } from './cut.ts'
import { date } from './date.ts'
import { diff } from './diff.ts'
import { echo } from './echo.ts'
import { chmod, cp, ln, mkdir, mv, rm, rmdir, touch } from './file-tools.ts'
import { find } from './find.ts'
import { egrep, fgrep, grep } from './grep.ts'
import { head, tail } from './head-tail.ts'
import { ls } from './ls.ts'
import { printf } from './printf.ts'
import { env, nohup, printenv, timeout, watch, xargs } from './run.ts'
import { sed } from './sed.ts'
import { sleep } from './sleep.ts'
import { smallTools } from './small.ts'
import { sort, uniq } from './sort.ts'
import { bracket, testTool } from './test.ts'
import { wc } from './wc.ts'

export const tools: readonly Tool[] = [
  awk,
  bracket,
  cat,
  chmod,
  cp,
  curl,
  cut,
  date,
  diff,
  echo,
  egrep,
  env,
  fgrep,
  find,
  grep,
  head,
  ln,
  ls,
  mkdir,
  mv,
  nohup,
  printenv,
  printf,
  rm,
  rmdir,
  sed,
  sleep,
  sort,
  tail,
  testTool,
  timeout,
  touch,
  tr,
  uniq,
  watch,
  wc,
  xargs,
  ...pagers,
  ...smallTools,
  ...checksums,
]
