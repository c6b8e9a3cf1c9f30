// What a page's own script says, in both languages: all pages share the script, so none of it stands in a page.
import type { Language } from './strings.ts'

export interface PageWords {
  readonly theme: { readonly system: string; readonly light: string; readonly dark: string }
  readonly copied: string
  readonly copyFailed: string
  /** Of a guess that was made, with {guess}; of none; and what the answer is, with {answer}. */
  readonly guessed: string
  readonly notGuessed: string
  readonly answer: string
  /** On the button of a step that was run, and below it. */
  readonly runAgain: string
  readonly stepUndo: string
  readonly stepResetTitle: string
  /** Of an exercise: what its state means; reached; on its way, with {n} and {total} of its goals. */
  readonly exerciseSticky: string
  readonly exerciseDone: string
  readonly exerciseWorking: string
  /** In the lab: which one it is, with {n} and {total}; where it leads on. */
  readonly exerciseNumber: string
  readonly exerciseNext: string
  readonly exerciseLeave: string
  /** Of a goal: with {count} and {time}, with {held} and {of} seconds; whether it is met. */
  readonly goalCount: string
  readonly goalHeld: string
  readonly goalMet: string
  readonly goalOpen: string
}

export const pageWords: Record<Language, PageWords> = {
  zh: {
    theme: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
    copied: '已复制',
    copyFailed: '没有复制成功：浏览器不允许',
    guessed: '你猜：{guess}',
    notGuessed: '没有猜',
    answer: '这一次：{answer}',
    runAgain: '再运行',
    stepUndo: '退回这一步之前',
    stepResetTitle: '回到这一步开始之前的集群',
    exerciseSticky: '达到一次就一直算数，重置或换一个标签页也一样。',
    exerciseDone: '完成',
    exerciseWorking: '进行中 · {n} / {total}',
    exerciseNumber: '练习 {n} / {total}',
    exerciseNext: '下一个练习',
    exerciseLeave: '回到课文',
    goalCount: '{time} 时只有 {count}',
    goalHeld: '{held} / {of} 秒',
    goalMet: '达到',
    goalOpen: '还没有',
  },
  en: {
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    copied: 'Copied',
    copyFailed: 'Not copied: the browser refused',
    guessed: 'You guessed: {guess}',
    notGuessed: 'no guess',
    answer: 'This time: {answer}',
    runAgain: 'Again',
    stepUndo: 'Back to before this step',
    stepResetTitle: 'Return to the cluster before this step',
    exerciseSticky: 'Reached once counts for good, also after Reset and in another tab.',
    exerciseDone: 'Done',
    exerciseWorking: 'Under way: {n} of {total}',
    exerciseNumber: 'Exercise {n} / {total}',
    exerciseNext: 'The next exercise',
    exerciseLeave: 'Back to the lesson',
    goalCount: '{count} at {time}',
    goalHeld: '{held} of {of} s',
    goalMet: 'reached',
    goalOpen: 'not yet',
  },
}
