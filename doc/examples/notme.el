;;; notme.el --- Who really sent the mail that bounced  -*- lexical-binding: t -*-

;; SPDX-License-Identifier: GPL-3.0-or-later
;; Author: the notme authors
;; Package-Requires: ((emacs "27.1") (notmuch "0.37"))
;; Keywords: mail

;;; Commentary:

;; notme in notmuch's interface of Emacs.  In init.el:
;;
;;   (with-eval-after-load 'notmuch
;;     (load "/usr/share/doc/notme/examples/notme.el"))
;;
;; Then, in a message (notmuch-show) and on a line of a search (notmuch-search):
;;
;;   C-c n v   the full case: who sent it, and why that is known
;;   C-c n d   delete, C-c n q quarantine, C-c n c draft a complaint
;;   C-c n u   take back the last of these
;;   C-c n r   review: the terminal interface, on the query of the search buffer

;;; Code:

(require 'notmuch)
(require 'ansi-color)
(require 'term)

(defgroup notme nil "Bounces of mail that you never sent." :group 'mail)

(defcustom notme-program "notme"
  "The program, or its full path."
  :type 'string)

(defcustom notme-arguments nil
  "Options that every call begins with, such as \"--config=FILE\"."
  :type '(repeat string))

(defun notme--subject ()
  "What is acted on: the message that is shown, or the thread at point."
  (cond ((derived-mode-p 'notmuch-show-mode)
         (notmuch-show-get-message-id))
        ((derived-mode-p 'notmuch-search-mode)
         (notmuch-search-find-thread-id))
        (t (user-error "There is no message here"))))

(defun notme--run (&rest arguments)
  "Call notme with ARGUMENTS and return what it said; an error if it could not."
  (with-temp-buffer
    (let ((status (apply #'call-process notme-program nil t nil
                         (append notme-arguments arguments))))
      (if (memq status '(0 1))
          (string-trim (buffer-string))
        (user-error "%s" (string-trim (buffer-string)))))))

(defun notme--act (command)
  "Run COMMAND on what is at point, asking as notme would ask."
  (let* ((subject (notme--subject))
         (plan (notme--run command "--dry-run" subject)))
    (when (y-or-n-p (format "%s\n%s? " plan (capitalize command)))
      (message "%s" (notme--run command "--yes" subject))
      (notmuch-refresh-this-buffer))))

(defun notme-show ()
  "Show the full case of the message: verdict, evidence, both chains."
  (interactive)
  (let* ((id (if (derived-mode-p 'notmuch-search-mode)
                 (car (split-string
                       (notme--run "list" "--format=tsv" "--fields=id"
                                   "--limit=1" (notme--subject))
                       "\n" t))
               (notme--subject)))
         (text (notme--run "--color=always" "show" "--no-pager"
                           (or id (user-error "There is no bounce here")))))
    (with-current-buffer (get-buffer-create "*notme*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (ansi-color-apply text))
        (goto-char (point-min)))
      (special-mode)
      (pop-to-buffer (current-buffer)))))

(defun notme-delete ()
  "Delete the bounce, or the bounces of the thread."
  (interactive)
  (notme--act "delete"))

(defun notme-quarantine ()
  "Move the bounce, or the bounces of the thread, to the quarantine folder."
  (interactive)
  (notme--act "quarantine"))

(defun notme-complain ()
  "Draft a complaint about the bounce, or the bounces of the thread."
  (interactive)
  (notme--act "complain"))

(defun notme-undo ()
  "Take back the last job of notme."
  (interactive)
  (message "%s" (notme--run "undo"))
  (notmuch-refresh-this-buffer))

(defun notme-review ()
  "Open the terminal interface, on the query of the search buffer if this is one."
  (interactive)
  (let ((query (and (derived-mode-p 'notmuch-search-mode) notmuch-search-query-string)))
    (switch-to-buffer
     (apply #'make-term "notme" notme-program nil
            (append notme-arguments '("review") (and query (list "--" query)))))
    (term-mode)
    (term-char-mode)))

(defvar notme-map
  (let ((map (make-sparse-keymap)))
    (define-key map "v" #'notme-show)
    (define-key map "d" #'notme-delete)
    (define-key map "q" #'notme-quarantine)
    (define-key map "c" #'notme-complain)
    (define-key map "u" #'notme-undo)
    (define-key map "r" #'notme-review)
    map)
  "Keys behind \\`C-c n'.")

(define-key notmuch-show-mode-map (kbd "C-c n") notme-map)
(define-key notmuch-search-mode-map (kbd "C-c n") notme-map)

(provide 'notme)
;;; notme.el ends here
