# Sourced by the scripts beside it: the folder, the interpreter, and a look at the secrets.
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-python}"
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-kttt_tracker.settings}"

# A copied .env.example holds words instead of secrets; nothing may run on them.
for name in KTTT_SECRET_KEY DATABASE_URL REDIS_URL; do
    case "$(printenv "$name" || true)" in
        *thay-bang-*)
            echo "Biến $name vẫn là chữ mẫu của .env.example. Xin gõ: make env (tạo mật khẩu ngẫu nhiên), rồi chạy lại." >&2
            exit 78
            ;;
    esac
done
