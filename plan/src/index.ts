/** The front door of `@wheelhouse/plan`: the report of a planned gate, in a page and in Node. */
export {
  countWords,
  faultWords,
  finePrint,
  hoursWords,
  limitWords,
  openingWords,
  promiseWords,
  resultWords,
  scoreWords,
  shareWords,
  spreadWords,
  versionWords,
} from './plan-words.ts';
export { type PromiseReportInput, type PromiseWords, promiseReport } from './promise-report.ts';
export { planReport, type ReportInput } from './report.ts';
