#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that doc/examples/notme.el compiles without a word in Emacs and does what it says: the case in a buffer,
# delete and undo from notmuch's buffers, and the interface in a terminal of Emacs on the query of the search.
. "$(dirname "$0")/peer.sh"
needs emacs
emacs --batch --eval '(require (quote notmuch))' >/dev/null 2>&1 || skip_all "notmuch for Emacs is not here (elpa-notmuch)"
own_mail
id=$(newest backscatter)
cp "$examples/notme.el" "$work/"
run emacs --batch --eval '(setq byte-compile-error-on-warn t)' -f batch-byte-compile "$work/notme.el"
is "$status:$(grep -v "^Loading /etc" <<<"$err")" "0:" "notme.el compiles, without warnings"
cat >"$work/try.el" <<'END'
(require 'notmuch)
(load (getenv "EXAMPLE"))
(let ((id (getenv "ID")))
  (notmuch-show (concat "id:" id))
  (notme-show)
  (princ (with-current-buffer "*notme*" (buffer-substring-no-properties (point-min) (line-end-position))))
  (princ (format "\ncolours: %s\n" (and (with-current-buffer "*notme*" (next-single-property-change 1 'font-lock-face)) t)))
  (switch-to-buffer (notmuch-show (concat "id:" id)))
  (cl-letf (((symbol-function 'y-or-n-p) (lambda (&rest _) t)))
    (notme-delete))
  (princ (shell-command-to-string (concat "notmuch search --exclude=false --output=tags id:" (shell-quote-argument id))))
  (notme-undo)
  (princ (shell-command-to-string (concat "notmuch search --exclude=false --output=tags id:" (shell-quote-argument id)))))
END
run env EXAMPLE="$examples/notme.el" ID="$id" emacs --batch -l cl-lib -l "$work/try.el"
like "$out" 'BACKSCATTER' "notme-show: the case"
like "$out" '^colours: t' "... with colours"
is "$(grep -c "^deleted$" <<<"$out")" 1 "notme-delete deletes, notme-undo takes back" || sed "s,^,# ," <<<"$out$err"
command -v tmux >/dev/null || { skip "tmux is not here"; done_testing; exit 0; }
printf "(require 'notmuch)\n(load \"%s\")\n(setq inhibit-startup-screen t)\n(notmuch-search \"id:%s\")\n" "$examples/notme.el" "$id" >"$work/init.el"
terminal "emacs -nw -q -l $work/init.el"
see 'End of search results|Mail Delivery|MAILER' "a search in Emacs" || { done_testing; exit 0; }
say C-c n r
see 'quarantine.*complain' "C-c n r: the interface in Emacs"
see '1/1 ─' "... on the query of the search"
say q
sleep 0.5
done_testing
