/** The front door of `@wheelhouse/plan`: the report of a planned gate, in a page and in Node. */
export { finePrint } from './fine-print.ts';
export { hintWords } from './hint-words.ts';
export { type Measure, measureOf, playedLossWords } from './measure.ts';
export {
  countWords,
  faultWords,
  hoursWords,
  limitWords,
  neededWords,
  openedWords,
  openingWords,
  resultWords,
  scoreWords,
  shareWords,
  spreadWords,
  thresholdWords,
  versionWords,
} from './plan-words.ts';
export type { PromiseFound } from './promise-found.ts';
export { type PromiseReportInput, type PromiseWords, promiseReport } from './promise-report.ts';
export { planWords, promiseWords } from './promise-words.ts';
export { planReport, type ReportInput } from './report.ts';
