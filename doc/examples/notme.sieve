# SPDX-License-Identifier: GPL-3.0-or-later
# notme in Dovecot's sieve (Pigeonhole). It runs "notme-verdict" (beside this file) on the message; in dovecot's
# configuration, up to 2.3:
#     plugin {
#       sieve_plugins = sieve_extprograms
#       sieve_global_extensions = +vnd.dovecot.execute
#       sieve_execute_bin_dir = /usr/lib/dovecot/sieve-execute    # notme-verdict lies here
#       sieve_before = /etc/dovecot/notme.sieve                   # this file
#     }
# and since 2.4:
#     sieve_plugins {
#       sieve_extprograms = yes
#     }
#     sieve_global_extensions {
#       vnd.dovecot.execute = yes
#     }
#     sieve_execute_bin_dir = /usr/lib/dovecot/sieve-execute
#     sieve_script notme {
#       type = before
#       path = /etc/dovecot/notme.sieve
#     }
# Where the program fails, the message is delivered as if there were none.
require ["fileinto", "mailbox", "variables", "vnd.dovecot.execute"];

if execute :pipe :output "verdict" "notme-verdict" {
    if anyof (string :is "${verdict}" "backscatter", string :is "${verdict}" "fake") {
        fileinto :create "Backscatter";
        stop;
    }
}
