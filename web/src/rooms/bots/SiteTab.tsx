import type { Bot } from '@wheelhouse/core';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { Panel } from '../../kit/Panel.tsx';
import css from './Bots.module.css';

/** How the chat gets onto a page: one line. */
export function SiteTab({ bot }: { bot: Bot }) {
  const { origins } = bot.definition;
  const tag = `<script src="${location.origin}/widget.js" data-bot="${bot.name}" async></script>`;
  const local = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  return (
    <div className={css.part}>
      <Panel
        title="Put it on your site"
        say="One line, anywhere in the page. It loads the chat and nothing else, and needs no cookie."
        aside={<CopyButton text={tag}>Copy the line</CopyButton>}
      >
        <pre className={css.code}>
          <code>{tag}</code>
        </pre>
        {local && (
          <p className={css.fine}>
            This server is open at <code>{location.origin}</code>, which only this machine reaches.
            Put the address that customers reach in its place.
          </p>
        )}
        <p className={css.fine}>
          {origins.length
            ? `Pages of ${origins.join(', ')} may show it; others may not.`
            : 'Any page may show it. Name the pages that may under Behaviour.'}
        </p>
      </Panel>
    </div>
  );
}
